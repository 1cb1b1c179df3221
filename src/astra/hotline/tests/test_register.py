"""The register of checked employers and agencies: organisations only, dated findings, found however it is typed."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.rules import employers as rules
from astra.hotline.rules.employers import Entry, core_words, likeness, ranked, searchable
from astra.kernel.clock import today
from astra.kernel.errors import Denied, Invalid, NotAllowedNow
from astra.science.script import to_cyrillic
from astra.vault.actor import Actor

NAMES = ("Sunčani put d.o.o.", "Euro Job Work GmbH", "Agencija za zapošljavanje Đurđevak", "Müller Personal AG", "Put")
LETTERS = "abcčćdđefghijklmnoprsštuvzž "
database = pytest.mark.django_db(databases=["default", "keystore"])


def first(text: str) -> str:
    known = {one.id: name for name in NAMES for one in [searchable(uuid4(), Entry(name, "agency"))]}
    ids = list(known)
    found = ranked(text, [searchable(pk, Entry(known[pk], "agency")) for pk in ids])
    return known[found[0][0]] if found else ""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Сунчани пут ДОО", "Sunčani put d.o.o."),
        ("suncani", "Sunčani put d.o.o."),
        ("suncni put", "Sunčani put d.o.o."),
        ("suncni pu", "Sunčani put d.o.o."),
        ("put suncani", "Sunčani put d.o.o."),
        ("EuroJobWork", "Euro Job Work GmbH"),
        ("euro job wo", "Euro Job Work GmbH"),
        ("djurdjevak agencija", "Agencija za zapošljavanje Đurđevak"),
        ("Ђурђевак", "Agencija za zapošljavanje Đurđevak"),
        ("djurdjevac", "Agencija za zapošljavanje Đurđevak"),
        ("mueller personal", "Müller Personal AG"),
        ("agencija", ""),
        ("jobs", ""),
        ("pu", ""),
    ],
)
def test_found_however_it_is_typed(typed: str, name: str) -> None:
    assert first(typed) == name


def test_found_by_number_and_by_website() -> None:
    entry = Entry("Neko ime", "employer", registration_number="BR 20 345 678", website="https://www.primer.example/x")
    known = searchable(uuid4(), entry)
    for text, why in (("20345678", rules.NUMBER), ("primer.example", rules.ADDRESS)):
        found = likeness(text, known)
        assert found is not None
        assert found.why == why
    assert likeness("2034", known) is None


@given(
    st.text(alphabet="abcčćdđefghijklmnoprsštuvzž ", min_size=4, max_size=30), st.sampled_from(rules.LEGAL.split(","))
)
def test_a_legal_form_and_the_script_change_nothing(name: str, form: str) -> None:
    words = core_words(name)
    if len("".join(words)) < rules.SHORTEST:
        return
    known = searchable(UUID(int=1), Entry(name, "employer"))
    for typed in (name, to_cyrillic(name), name.upper()):
        found = likeness(typed, known)
        assert found is not None
        assert found.score == 1.0
    assert core_words(f"{' '.join(words)} {form}")[: len(words)] == words or set(words) & set(form.split())


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_between_nothing_and_one(typed: str, name: str) -> None:
    found = likeness(typed, searchable(UUID(int=1), Entry(name, "employer")))
    assert found is None or 0 < found.score <= 1


def add(actor: Actor, name: str = NAMES[0], **more: str) -> UUID:
    return services.add_organisation(actor=actor, entry=Entry(name, "agency", "RS", **more), is_organisation=True)  # type: ignore[arg-type]


def find(actor: Actor, organisation_id: UUID, on: date, flag: str = "") -> UUID:
    return services.add_finding(
        actor=actor,
        organisation_id=organisation_id,
        what="business_register",
        source="https://registar.primer.example/1",
        on=on,
        verdict="warnings" if flag else "none_so_far",
        flags={flag: "briše se iz registra"} if flag else {},
    )


@database
def test_only_organisations_come_in(cast: Cast) -> None:
    mira = cast.actor("mira")
    with pytest.raises(Invalid) as refused:
        services.add_organisation(actor=mira, entry=Entry(" ", "castle"), is_organisation=False)
    assert [one.field for one in refused.value.problems] == ["name", "is_organisation", "kind"]
    with pytest.raises(Denied):
        add(cast.actor("nina"))
    with pytest.raises(Denied):
        selectors.find_organisations(cast.actor("nina"), "Sunčani")


@database
def test_findings_are_dated_and_a_mistake_counts_for_nothing(cast: Cast) -> None:
    mira = cast.actor("mira")
    made = add(mira)
    find(mira, made, today() - timedelta(days=40))
    wrong = find(mira, made, today(), flag="no_licence")
    sheet = selectors.organisation_sheet(mira, made)
    assert [(one.on, one.verdict) for one in sheet.findings] == [
        (today(), "warnings"),
        (today() - timedelta(days=40), "none_so_far"),
    ]
    assert (sheet.line.is_warned, sheet.flags) == (True, ("no_licence",))
    services.withdraw_finding(actor=mira, finding_id=wrong)
    again = selectors.organisation_sheet(mira, made)
    assert (again.line.is_warned, again.line.findings, len(again.findings)) == (False, 1, 2)


RIGHT = {"what": "website", "source": "https://primer.example", "on": today(), "verdict": "none_so_far", "flags": {}}


@database
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": "nonsense"}, "what"),
        ({"source": " "}, "source"),
        ({"on": today() + timedelta(days=1)}, "on"),
        ({"on": today() - timedelta(days=400)}, "on"),
        ({"verdict": "safe"}, "verdict"),
        ({"verdict": "warnings"}, "flag"),
        ({"flags": {"debt": ""}}, "verdict"),
        ({"verdict": "warnings", "flags": {"nonsense": ""}}, "flags"),
    ],
)
def test_what_a_finding_must_say(cast: Cast, wrong: dict[str, object], field: str) -> None:
    mira = cast.actor("mira")
    made = add(mira)
    assert services.add_finding(actor=mira, organisation_id=made, **RIGHT)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        services.add_finding(actor=mira, organisation_id=made, **{**RIGHT, **wrong})  # type: ignore[arg-type]
    assert field in [one.field for one in refused.value.problems]


@database
def test_two_entries_for_one_organisation(cast: Cast) -> None:
    mira = cast.actor("mira")
    keep, other = add(mira), add(mira, "Solar Way agencija")
    find(mira, other, today(), flag="fee_asked")
    services.join_organisations(actor=mira, keep_id=keep, other_id=other)
    (found,) = selectors.find_organisations(mira, "solar wey")
    assert (found.id, found.is_warned) == (keep, True)
    assert [one.id for one in selectors.list_organisations(mira)] == [keep]
    assert selectors.organisation_sheet(mira, keep).joined == ((other, "Solar Way agencija"),)
    with pytest.raises(NotAllowedNow):
        services.join_organisations(actor=mira, keep_id=other, other_id=keep)
    services.separate_organisation(actor=mira, organisation_id=other)
    assert not selectors.organisation_sheet(mira, keep).line.is_warned
