"""Is a place found however somebody writes it, and are distances right?"""

import numpy as np
import pytest

from astra.science.linkage.normalise.declension import bent_forms
from astra.science.linkage.normalise.places import Place, distance_km, distance_matrix, find_places, places


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text)]


def one(text: str) -> Place:
    (place,) = find_places(text)
    return place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Novi Sad", "Novi Sad"),
        ("НОВИ САД", "Novi Sad"),
        ("novi-sad", "Novi Sad"),
        ("NoviSad", "Novi Sad"),
        ("N. Sad", "Novi Sad"),
        ("NS", "Novi Sad"),
        ("Újvidék", "Novi Sad"),
        ("Ujvidek", "Novi Sad"),
        ("Neusatz", "Novi Sad"),
        ("Prishtinë", "Priština"),
        ("Приштина", "Priština"),
        ("Gjakovë", "Đakovica"),
        ("Djakovica", "Đakovica"),
        ("Dakovica", "Đakovica"),
        ("Temišvar", "Temišvar"),
        ("Timișoara", "Temišvar"),
        ("Temesvár", "Temišvar"),
        ("Selanik", "Solun"),
        ("Wien", "Beč"),
        ("دمشق", "Damask"),
        ("مزار شريف", "Mazari Šarif"),
        ("Mazar-i-Sharif", "Mazari Šarif"),
        ("Šutka", "Šuto Orizari"),
        ("Svetozarevo", "Jagodina"),
    ],
)
def test_a_place_has_many_names(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("u Nišu", "Niš"),
        ("у Нишу", "Niš"),
        ("okolina Novog Sada", "Novi Sad"),
        ("kod Subotice", "Subotica"),
        ("iz Leskovca", "Leskovac"),
        ("u Čačku", "Čačak"),
        ("u Sremskoj Mitrovici", "Sremska Mitrovica"),
        ("у Сремским Карловцима", "Sremski Karlovci"),
        ("iz Banje Luke", "Banja Luka"),
        ("u Banjaluci", "Banja Luka"),
        ("u Rijeci", "Rijeka"),
        ("blizu Petrovca na Mlavi", "Petrovac na Mlavi"),
        ("selo kod Vranja", "Vranje"),
        ("u Bečeju", "Bečej"),
        ("Szabadkán", "Subotica"),
        ("iz Avganistana", "Avganistan"),
        ("u Crnoj Gori", "Crna Gora"),
        ("kamp u Krnjači", "Krnjača"),
        ("RC Preševo", "Prihvatni centar Preševo"),
        ("AC Bogovadja", "Centar za azil Bogovađa"),
        ("autobuska stanica Kraljevo", "Kraljevo"),
    ],
)
def test_names_bend_and_have_words_around_them(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Begorad", ["Beograd"]),
        ("Kragujevc", ["Kragujevac"]),
        ("Novi Sda", ["Novi Sad"]),
        ("Smderevska Plaanka", ["Smederevska Palanka"]),
        ("Xhelalabad", ["Džalalabad"]),
        ("Kraljevci", []),
        ("Nxš", []),
        ("nepoznato", []),
        ("", []),
        ("???", []),
    ],
)
def test_small_slips_are_forgiven_and_larger_ones_are_not(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_namesakes_are_all_given_until_the_text_tells_them_apart() -> None:
    assert names("Mitrovica") == ["Sremska Mitrovica", "Kosovska Mitrovica"]
    assert names("Palilula") == ["Palilula (Beograd)", "Palilula (Niš)"]
    assert names("Niš, Palilula") == ["Niš", "Palilula (Niš)"]
    assert names("Požega, Hrvatska") == ["Požega (Hrvatska)"]
    assert set(names("Dimitrovgrad")) == {"Dimitrovgrad", "Dimitrovgrad (Bugarska)"}
    assert "Inđija" in names("Indija")


def test_a_country_counts_only_when_nothing_narrower_is_named() -> None:
    assert names("Herat, Avganistan") == ["Herat"]
    assert names("Avganistan") == ["Avganistan"]
    assert names("Beograd, Zemun") == ["Beograd", "Zemun"]


def test_the_data_are_whole() -> None:
    known = places()
    assert len(known) >= 700
    assert len({place.name for place in known}) == len(known)
    assert {place.kind for place in known} == {
        "municipality", "town", "city part", "camp or reception centre", "border crossing", "region", "country",
    }  # fmt: skip
    for place in known:
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert len(place.country) == 2
        assert place in find_places(place.name), place.name


def test_places_of_one_country_lie_in_one_part_of_the_world() -> None:
    """A wrong namesake in another part of the country shows as an outlier around the Balkans."""
    boxes = {"RS": (42.2, 46.2, 18.8, 23.1), "XK": (41.8, 43.3, 20.0, 21.9), "ME": (41.8, 43.6, 18.4, 20.4)}
    for place in places():
        south, north, west, east = boxes.get(place.country, (-90, 90, -180, 180))
        assert south <= place.latitude <= north, place
        assert west <= place.longitude <= east, place


def test_distances() -> None:
    assert distance_km(one("Beograd"), one("Novi Sad")) == pytest.approx(70, abs=6)
    assert distance_km(one("Niš"), one("Subotica")) == pytest.approx(357, abs=8)
    assert distance_km(one("London"), one("New York")) == pytest.approx(5570, rel=0.005)
    assert distance_km(one("Niš"), one("Niš")) == 0


def test_the_matrix_agrees_with_single_distances() -> None:
    matrix = distance_matrix()
    assert matrix.dtype == np.float32
    assert matrix.shape == (len(places()), len(places()))
    assert np.array_equal(matrix, matrix.T)
    assert not matrix.diagonal().any()
    first, second = one("Zemun"), one("Preševo")
    assert matrix[first.code, second.code] == pytest.approx(distance_km(first, second), rel=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        matrix[0, 0] = 1


def test_forms_of_a_name() -> None:
    assert "karlovaca" in bent_forms("karlovci")
    assert "gornjeg milanovca" in bent_forms("gornji milanovac")
    assert "pazaru" in bent_forms("pazar")
    assert "x" not in bent_forms("x")
    assert bent_forms("a b c d") == frozenset()
    assert bent_forms("baku") == frozenset()
