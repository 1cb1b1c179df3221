"""Is every way between our codes and those of a standard walked both ways, and every loss declared?"""

import pytest

from astra.vocabulary import Crosswalk, codes, crosswalk, crosswalks
from astra.vocabulary.crosswalks import Link
from astra.vocabulary.standards import domain
from astra.vocabulary.validation import walk_problems

ALL = crosswalks()


@pytest.mark.parametrize(("name", "standard"), ALL)
def test_the_table_is_whole(name: str, standard: str) -> None:
    assert walk_problems(crosswalk(name, standard)) == []


@pytest.mark.parametrize(("name", "standard"), ALL)
def test_from_our_code_and_back(name: str, standard: str) -> None:
    walk = crosswalk(name, standard)
    for code in codes(name).codes:
        came_back = {walk.exact(target) for target in walk.forward(code)}
        assert came_back == {code} or walk.is_lossy(code)
        assert all(code in walk.back(target) for target in walk.forward(code))


@pytest.mark.parametrize(("name", "standard"), ALL)
def test_from_their_code_and_back(name: str, standard: str) -> None:
    walk = crosswalk(name, standard)
    for target in domain(walk.domain) if walk.domain else {link.target for link in walk.links}:
        ours = walk.exact(target)
        if ours is None:
            assert all(walk.is_lossy(code) for code in walk.back(target))
        else:
            assert walk.forward(ours) == (target,)
            assert walk.back(target)[0] == ours


# What HTCDS and CTDC files hold must come back as it was, apart from these.
WITHOUT_A_WAY_BACK = {
    "service_type.htcds",  # a plan's type has a list of its own, plan_type
    "forms_of_exploitation.eu",
    "forms_of_exploitation.unodc",
    "forms_of_exploitation.kz388",
    "means_of_control.kz388",
}


@pytest.mark.parametrize(("name", "standard"), ALL)
def test_what_is_imported_can_be_exported(name: str, standard: str) -> None:
    walk = crosswalk(name, standard)
    lost = [target for target in domain(walk.domain) if walk.exact(target) is None] if walk.domain else []
    assert bool(lost) == (f"{name}.{standard}" in WITHOUT_A_WAY_BACK)


def test_what_htcds_cannot_say() -> None:
    walk = crosswalk("forms_of_exploitation", "htcds")
    assert walk.forward("forced_criminality") == ("Other",)
    assert walk.is_lossy("forced_criminality")
    assert "28" in walk.note("forced_criminality")
    assert walk.back("Other")[0] == "other"
    assert crosswalk("means_of_control", "htcds").is_lossy("restricts_movement")
    assert not crosswalk("means_of_control", "ctdc_2020").is_lossy("restricts_movement")


def test_prostitution_takes_two_fields() -> None:
    assert crosswalk("forms_of_exploitation", "htcds").forward("sexual_prostitution") == ("SexualExploitation",)
    assert crosswalk("forms_of_exploitation", "htcds_sex").forward("sexual_prostitution") == ("Prostitution",)
    assert crosswalk("forms_of_exploitation", "htcds_sex").forward("forced_labour") == ()


def test_countries() -> None:
    walk = crosswalk("country", "iso3")
    assert walk.exact("SRB") == "RS"
    assert walk.forward("BA") == ("BIH",)
    assert walk.exact("YUG") is None


@pytest.mark.parametrize(
    ("links", "complaint"),
    [
        ([Link("female", "Female", "exact")], "male has no row"),
        ([Link("female", "Female", "exact"), Link("male", "", "none"), Link("other", "", "none")], "Male has no row"),
        ([Link("woman", "Female", "exact")], "the code is not in the list"),
        ([Link("female", "F", "exact")], "the target is not in the standard"),
        ([Link("female", "Female", "same")], "is not a relation"),
        ([Link("female", "Female", "none")], "has an empty side"),
        ([Link("female", "", "broader")], "has an empty side"),
        ([Link("female", "Female", "exact"), Link("male", "Female", "exact")], "an exact way is the only one"),
        ([Link("female", "Female", "exact"), Link("female", "Male", "close")], "an exact way is the only one"),
    ],
)
def test_a_broken_table_is_found(links: list[Link], complaint: str) -> None:
    problems = walk_problems(Crosswalk.of("sex", "ctdc_2020", "ctdc_kanonymised:gender", links))
    assert any(complaint in problem for problem in problems)
