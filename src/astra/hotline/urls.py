"""Which addresses does the hotline have? Ids only: no name, number or word stands in an address."""

from django.urls import path

from astra.hotline import urls_shifts
from astra.hotline.views import becoming, callbacks, contacts, conversations, lists, typing, without_keys

app_name = "hotline"
urlpatterns = [
    *urls_shifts.patterns,
    path("", lists.contacts, name="contacts"),
    path("quick/", lists.quick, name="quick"),
    path("new/", typing.new, name="new"),
    path("known/", typing.known, name="known"),
    path("drafts/", lists.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>/", typing.save_draft, name="draft"),
    path("drafts/<uuid:draft_id>/resume/", typing.resume, name="resume"),
    path("drafts/<uuid:draft_id>/take-over/", typing.take_over, name="take_over"),
    path("drafts/<uuid:draft_id>/discard/", typing.discard, name="discard"),
    path("callbacks/", callbacks.callbacks, name="callbacks"),
    path("callbacks/person/<uuid:person_id>/", callbacks.promise_person, name="promise_person"),
    path("callbacks/<uuid:callback_id>/", callbacks.callback, name="callback"),
    path("callbacks/<uuid:callback_id>/attempt/", callbacks.attempt, name="attempt"),
    path("callbacks/<uuid:callback_id>/end/", callbacks.end, name="end_callback"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/now/", conversations.conversations_now, name="conversations_now"),
    path("conversations/<uuid:conversation_id>/", conversations.conversation, name="conversation"),
    path("conversations/<uuid:conversation_id>/look/", conversations.look, name="look"),
    path("conversations/<uuid:conversation_id>/answering/", conversations.answering, name="answering"),
    path("conversations/<uuid:conversation_id>/answer/", conversations.answer, name="answer"),
    path("conversations/<uuid:conversation_id>/step/", conversations.step, name="step"),
    path("conversations/<uuid:conversation_id>/log/", becoming.log_quick, name="log_quick"),
    path("conversations/<uuid:conversation_id>/case/", becoming.to_case, name="to_case"),
    path("review/", lists.review, name="review"),
    path("vouch/", lists.vouch, name="vouch"),
    path("without-keys/", without_keys.emergency_log, name="emergency_log"),
    path("without-keys/saved/", without_keys.emergency_logged, name="emergency_logged"),
    path("<uuid:contact_id>/", contacts.contact, name="contact"),
    path("<uuid:contact_id>/change/", typing.change, name="change"),
    path("<uuid:contact_id>/undo/", contacts.undo, name="undo"),
    path("<uuid:contact_id>/withdraw/", contacts.withdraw, name="withdraw"),
    path("<uuid:contact_id>/restore/", contacts.restore, name="restore"),
    path("<uuid:contact_id>/link/", contacts.link, name="link"),
    path("<uuid:contact_id>/unlink/", contacts.unlink, name="unlink"),
    path("<uuid:contact_id>/open-file/", contacts.open_file, name="open_file"),
    path("<uuid:contact_id>/complete-file/", contacts.complete_file, name="complete_file"),
    path("<uuid:contact_id>/followed-up/", contacts.followed_up, name="followed_up"),
    path("<uuid:contact_id>/promise/", callbacks.promise, name="promise"),
    path("<uuid:contact_id>/reviewed/", contacts.reviewed, name="reviewed"),
    path("<uuid:contact_id>/vouched/", contacts.vouched, name="vouched"),
]
