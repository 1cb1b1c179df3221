"""Which red flags do the answers propose, and when may a check end? Without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astra import vocabulary
from astra.hotline.rules import offers as rules
from astra.hotline.rules.offers import Flags, Known, OfferCoded, propose
from astra.kernel.errors import Invalid

DAY = date(2026, 11, 22)
TERMS, FLAGS = vocabulary.codes(rules.TERM).codes, vocabulary.codes(rules.FLAG).codes
CHANNELS = vocabulary.codes(rules.OFFER_CHANNEL).codes
SOME_FLAGS = st.frozensets(st.sampled_from(FLAGS))
CODED = st.builds(
    OfferCoded,
    channel=st.sampled_from(["", *CHANNELS]),
    travel_on=st.none() | st.dates(DAY - timedelta(days=99), DAY + timedelta(days=99)),
    terms=st.lists(st.sampled_from(TERMS), unique=True).map(tuple),
)
KNOWN = st.builds(Known, st.booleans(), st.booleans(), st.none() | st.dates(DAY - timedelta(days=9), DAY))


def flags_of(coded: OfferCoded, known: Known = rules.NOTHING_KNOWN) -> list[str]:
    return [one.flag for one in propose(coded, known, day=DAY)]


@given(CODED, KNOWN)
def test_every_proposal_is_a_flag_of_the_list_once_and_with_its_reason(coded: OfferCoded, known: Known) -> None:
    proposals = propose(coded, known, day=DAY)
    flags = [one.flag for one in proposals]
    assert flags == [flag for flag in FLAGS if flag in flags]
    assert all(one.why.endswith(".") for one in proposals)


@given(CODED, st.sampled_from(TERMS))
def test_one_more_answer_never_takes_a_flag_away(coded: OfferCoded, term: str) -> None:
    more = OfferCoded(**{**vars(coded), "terms": tuple(dict.fromkeys([*coded.terms, term]))})
    assert set(flags_of(coded)) <= set(flags_of(more))


def test_a_blank_form_proposes_nothing() -> None:
    assert flags_of(OfferCoded()) == []


@pytest.mark.parametrize(("days", "is_near"), [(-1, True), (0, True), (10, True), (11, False)])
def test_a_near_journey_without_papers(days: int, is_near: bool) -> None:
    coded = OfferCoded(travel_on=DAY + timedelta(days=days), terms=("contract_none",))
    assert ("leaves_before_papers" in flags_of(coded)) == is_near
    assert "leaves_before_papers" not in flags_of(OfferCoded(travel_on=coded.travel_on, terms=("contract_readable",)))


def test_what_the_register_knows_is_proposed() -> None:
    assert flags_of(OfferCoded(), Known(is_employer_warned=True)) == ["earlier_warnings"]
    assert flags_of(OfferCoded(), Known(licence_until=DAY)) == []
    assert flags_of(OfferCoded(), Known(licence_until=DAY - timedelta(days=1))) == ["no_licence"]


def test_every_rule_names_codes_of_the_lists() -> None:
    assert set(rules.BY_TERM) <= set(TERMS)
    assert set(rules.BY_CHANNEL) <= set(CHANNELS)
    assert {flag for flag, _ in (*rules.BY_TERM.values(), *rules.BY_CHANNEL.values())} <= set(FLAGS)
    assert set(TERMS) >= rules.NOT_THERE
    assert all(vocabulary.codes(rules.FLAG).fact(flag, "source_of") for flag in FLAGS)


VERDICTS = st.sampled_from(["warnings", "none_so_far", "safe"])


@given(SOME_FLAGS, st.booleans(), st.integers(0, 3), st.integers(0, 3), VERDICTS)
def test_a_verdict_never_contradicts_what_was_found(
    confirmed: frozenset[str], is_warned: bool, lookups: int, undecided: int, verdict: str
) -> None:
    found = {"is_warned": is_warned, "lookups": lookups, "undecided": undecided}
    try:
        rules.check_verdict(verdict, flags=Flags(confirmed), **found)  # type: ignore[arg-type]  # keywords from a dict
    except Invalid:
        return
    assert verdict != "safe"
    assert (verdict == rules.WARNINGS) == bool(confirmed or is_warned)
    assert verdict == rules.WARNINGS or (lookups > 0 and undecided == 0)


def test_wrong_codes_are_named_and_grave_flags_come_first() -> None:
    with pytest.raises(Invalid) as refused:
        rules.check_offer(OfferCoded("XX", "?", "?", None, ("?",), ("?",)), line="?")
    fields = [one.field for one in refused.value.problems]
    assert fields == ["country", "sector", "channel", "line", "terms", "papers"]
    assert rules.in_order(["hurry", "debt", "no_permit"]) == ("debt", "hurry", "no_permit")
    assert rules.undecided(propose(OfferCoded(terms=("fee_lent",)), day=DAY), Flags(frozenset({"debt"}))) == ()


def test_an_agency_has_a_licence_to_be_looked_up() -> None:
    assert "agency_licences" in rules.not_looked_up([], has_agency=True)
    assert "agency_licences" not in rules.not_looked_up([], has_agency=False)
    assert "website" not in rules.not_looked_up([], has_agency=True)
