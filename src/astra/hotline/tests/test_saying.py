"""Do codes, tags and safe-contact rules say what they mean?"""

from astra.hotline.rules.contacts import Coded
from astra.hotline.sections import SafeContact
from astra.hotline.selectors import ContactLine
from astra.hotline.views import saying
from astra.kernel.clock import now
from astra.kernel.ids import new_id
from astra.people.rules.persons import SafeRule, Safety


def line(**given: object) -> ContactLine:
    """A contact with some states."""
    coded = Coded("office", "about_self", now(), **given.pop("coded", {}))  # type: ignore[arg-type]
    plain = {"counsellor_id": None, "entered_by_id": None, "is_late": False, "standing": "recorded", "review": ""}
    dates = {"repeat_of": None, "followed_up_at": None, "joined_at": None, "links": ()}
    return ContactLine(id=new_id(), coded=coded, saved_at=now(), **{**plain, **dates, **given})  # type: ignore[arg-type]


def test_what_is_special_is_tagged() -> None:
    assert list(saying.tags_of(line())) == []
    urgent = line(coded={"urgency": "danger_now", "source": "paper"}, review="returned", standing="withdrawn")
    assert [tag.tone for tag in saying.tags_of(urgent)] == ["danger", "danger", "", ""]
    joined = line(repeat_of=new_id(), joined_at=now())
    assert [tag.tone for tag in saying.tags_of(joined)] == ["info", "plum"]


def test_every_rule_of_a_file_has_its_place_on_the_card() -> None:
    rules = (
        SafeRule("call_only_between", "after 18"),
        SafeRule("hidden_number"),
        SafeRule("introduce_as", "the dentist"),
        SafeRule("code_word", "linden"),
        SafeRule("never_say", "the court"),
        SafeRule("no_voicemail"),
        SafeRule("waits_for_her"),
    )
    card = saying.rules_from_file(Safety(rules, "Only from the office"))
    assert card is not None
    assert "after 18" in card.when
    assert "the dentist" in card.how
    assert (card.code_word, card.never_say, card.voicemail) == ("linden", "the court", "no")
    assert card.stop
    assert card.note == "Only from the office"


def test_no_rules_mean_that_nobody_has_asked() -> None:
    assert saying.rules_from_file(Safety()) is None
    assert saying.rules_from_file(None) is None
    assert saying.rules_from_note(None) is None
    died = saying.rules_from_file(None, "Nobody is to call")
    assert died is not None
    assert died.stop == "Nobody is to call"
    said = saying.rules_from_note(SafeContact(when="after 18"))
    assert said is not None
    assert said.when == "after 18"
