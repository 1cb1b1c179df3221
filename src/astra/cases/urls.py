"""Which addresses does the cases room have? Ids only: no name, number or word of a file stands in an address."""

from django.urls import path

from astra.cases.views import documents, editing, files, handing_over, joining, opening, steps, team, working

app_name = "cases"

urlpatterns = [
    path("", files.index, name="index"),
    path("find/", files.find, name="find"),
    path("new/", opening.open_case, name="open"),
    path("new/group/", opening.open_group, name="open_group"),
    path("hand-over/", handing_over.hand_over, name="hand_over"),
    path("hand-over/for/<uuid:member_id>/", handing_over.hand_over_for, name="hand_over_for"),
    path("hand-over/<uuid:handover_id>/", handing_over.handover, name="handover"),
    path("hand-over/<uuid:handover_id>/accept/", handing_over.accept, name="accept"),
    path("notes/<uuid:note_id>/", editing.note, name="note"),
    path("tasks/<uuid:task_id>/", working.task, name="task"),
    path("tasks/<uuid:task_id>/<slug:verb>/", working.step_task, name="step_task"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/pages/<int:number>/", documents.document_page, name="document_page"),
    path("documents/<uuid:document_id>/sound/", documents.document_sound, name="document_sound"),
    path("documents/<uuid:document_id>/original/", documents.original, name="original"),
    path("documents/<uuid:document_id>/clean/", documents.clean_copy, name="clean_copy"),
    path("documents/<uuid:document_id>/versions/new/", documents.new_version, name="new_version"),
    path("documents/<uuid:document_id>/black-out/", documents.black_out, name="black_out"),
    path("<uuid:case_id>/", files.case, name="case"),
    path("<uuid:case_id>/print/", files.print_case, name="print"),
    path("<uuid:case_id>/summary/", editing.summary, name="summary"),
    path("<uuid:case_id>/common/", editing.common, name="common"),
    path("<uuid:case_id>/ground/", editing.ground, name="ground"),
    path("<uuid:case_id>/facts/", editing.facts, name="facts"),
    path("<uuid:case_id>/notes/new/", editing.add_note, name="add_note"),
    path("<uuid:case_id>/tasks/new/", working.add_task, name="add_task"),
    path("<uuid:case_id>/documents/new/", working.add_document, name="add_document"),
    path("<uuid:case_id>/contacts/new/", joining.add_contacts, name="add_contacts"),
    path("<uuid:case_id>/people/new/", joining.find_person, name="find_person"),
    path("<uuid:case_id>/people/<uuid:person_id>/", joining.person, name="person"),
    path("<uuid:case_id>/people/<uuid:person_id>/remove/", joining.remove_person, name="remove_person"),
    path("<uuid:case_id>/group/link/", joining.link, name="link"),
    path("<uuid:case_id>/group/<uuid:other_id>/unlink/", joining.unlink, name="unlink"),
    path("<uuid:case_id>/team/", team.team, name="team"),
    path("<uuid:case_id>/team/<uuid:member_id>/lead/", team.lead, name="lead"),
    path("<uuid:case_id>/team/<uuid:member_id>/<slug:tier>/leave/", team.dismiss, name="dismiss"),
    path("<uuid:case_id>/wall/", team.wall, name="wall"),
    path("<uuid:case_id>/wall/<uuid:member_id>/take-down/", team.take_down_wall, name="take_down_wall"),
    path("<uuid:case_id>/hand-over/", handing_over.hand_over_one, name="hand_over_one"),
    path("<uuid:case_id>/step/<slug:verb>/", steps.step, name="step"),
    path("<uuid:case_id>/close/", steps.close, name="close"),
    path("<uuid:case_id>/hold/", steps.hold, name="hold"),
]
