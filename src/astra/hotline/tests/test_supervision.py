"""Are the supervisors' notes theirs alone, by key and not by role, and do only they let others in?"""

from uuid import UUID

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Supervision, SupervisionNote
from astra.hotline.sections import SUPERVISION_NOTE
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from astra.kernel.ids import new_id
from astra.vault import selectors as vault
from astra.vault.models import Grant, Membership, Section

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
WORDS = "She carries the night of the river with her."


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def found(cast: Cast, *who: str) -> None:
    members = [cast.employed[name].id for name in who or ("mira",)]
    services.found_supervision(actor=cast.actor("jelena"), members=members)


def write(cast: Cast, who: str = "mira", about: str = "sanja", *, is_shared: bool = False) -> UUID:
    return services.write_supervision(
        actor=cast.actor(who), words=WORDS, about_id=cast.employed[about].id, is_shared=is_shared
    )


def opens(cast: Cast, who: str, note: UUID) -> bool:
    """Whether her keys open the note, whatever a page would show."""
    return vault.find_section(cast.actor(who), note, SUPERVISION_NOTE) is not None


def test_no_role_opens_a_note_not_even_of_whoever_began_the_circle(cast: Cast) -> None:
    found(cast, "mira", "milena")
    note = write(cast)
    assert opens(cast, "mira", note)
    assert opens(cast, "milena", note)
    for who in ("jelena", "sanja", "lara", "ana", "petar", "vesna"):
        assert not opens(cast, who, note), who
        assert not vault.can_reach(cast.actor(who), note), who
    assert selectors.supervision_notes(cast.actor("jelena")) == []
    assert WORDS not in cast.client("jelena").get(page("supervision")).content.decode()
    assert WORDS in cast.client("milena").get(page("supervision")).content.decode()
    circle = Supervision.objects.get().circle_id
    assert set(Grant.objects.filter(record=note).values_list("circle", flat=True)) == {circle}
    desks = set(vault.desk_circles().values())
    assert not Membership.objects.filter(circle=circle, holder__in=desks).exists()


def test_a_note_is_read_by_the_colleague_concerned_only_where_it_is_shared(cast: Cast) -> None:
    found(cast)
    kept, shared = write(cast), write(cast, is_shared=True)
    assert not opens(cast, "sanja", kept)
    assert opens(cast, "sanja", shared)
    assert not opens(cast, "jelena", shared)
    assert [one.id for one in selectors.supervision_notes(cast.actor("sanja"))] == [shared]
    assert WORDS in cast.client("sanja").get(page("supervision")).content.decode()


def test_only_members_let_others_in_and_who_leaves_reads_nothing_new(cast: Cast) -> None:
    found(cast)
    before = write(cast)
    for who in ("jelena", "sanja"):
        with pytest.raises(Denied):
            services.admit_supervisor(actor=cast.actor(who), member_id=cast.employed[who].id)
        with pytest.raises(Denied):
            services.write_supervision(actor=cast.actor(who), words=WORDS)
        assert cast.client(who).post(page("admit_supervisor"), {"member": str(cast.jelena.id)}).status_code == 302
    assert not opens(cast, "jelena", before)
    mira = cast.client("mira")
    assert mira.post(page("admit_supervisor"), {"member": str(cast.milena.id)}).status_code == 302
    assert opens(cast, "milena", before)
    assert mira.post(page("let_supervisor_go"), {"member": str(cast.milena.id)}).status_code == 302
    after = write(cast)
    assert not opens(cast, "milena", after)
    assert not opens(cast, "milena", before), "without a membership nothing is opened, old grants or not"
    assert opens(cast, "mira", before)
    with pytest.raises(NotAllowedNow):
        services.let_supervisor_go(actor=cast.actor("mira"), member_id=cast.mira.id)
    with pytest.raises(NotFound):
        services.let_supervisor_go(actor=cast.actor("mira"), member_id=cast.sanja.id)


def test_a_circle_begins_once_with_somebody_by_a_coordinator(cast: Cast) -> None:
    with pytest.raises(Denied):
        services.found_supervision(actor=cast.actor("mira"), members=[cast.mira.id])
    with pytest.raises(Invalid):
        services.found_supervision(actor=cast.actor("jelena"), members=[])
    with pytest.raises(NotFound):
        services.found_supervision(actor=cast.actor("jelena"), members=[new_id()])
    assert "govuk-error" in cast.client("jelena").post(page("found_supervision"), {}).content.decode()
    given = {"members": [str(cast.mira.id)]}
    assert cast.client("jelena").post(page("found_supervision"), given).status_code == 302
    with pytest.raises(NotAllowedNow):
        found(cast, "sanja")


def test_a_note_needs_words_and_goes_when_its_writer_says_so(cast: Cast) -> None:
    found(cast, "mira", "milena")
    with pytest.raises(Invalid):
        services.write_supervision(actor=cast.actor("mira"), words=" ")
    with pytest.raises(Invalid):
        services.write_supervision(actor=cast.actor("mira"), words=WORDS, is_shared=True)
    assert cast.client("mira").post(page("supervision"), {"words": WORDS}).status_code == 302
    note = SupervisionNote.objects.get().pk
    assert cast.client("milena").post(page("destroy_supervision", note)).status_code == 404
    assert cast.client("mira").post(page("destroy_supervision", note)).status_code == 302
    assert not Section.objects.filter(record=note).exists()
