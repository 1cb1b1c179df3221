"""Who helps with this, near there, now? Hours as people write them, the map, and the institutions brought along."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from astra import vocabulary
from astra.demo.pytest_cast import Cast
from astra.directory import selectors, services
from astra.directory.commands import directory, seeds
from astra.directory.models import Organisation
from astra.directory.rules import Entry, PlaceLine, ServiceLine
from astra.directory.rules.hours import is_open, read_hours
from astra.directory.rules.maps import WIDTH, draw, town_of
from astra.directory.selectors import Wanted
from astra.kernel.clock import LOCAL, today
from astra.science.linkage.normalise.places import places
from astra.vault.actor import system

database = pytest.mark.django_db(databases=["default", "keystore"])
TUESDAY, SUNDAY = datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL), datetime(2026, 11, 22, 21, 0, tzinfo=LOCAL)
OFFICE = Entry(
    "Savetovalište",
    "ngo",
    services=(ServiceLine("legal_information", ("women", "girls"), ("sr", "ar")),),
    places=(PlaceLine(town="Niš", hours="pon–pet 8–16"),),
)
HOUSE = Entry(
    "Sigurna kuća",
    "shelter",
    services=(ServiceLine("shelter", ("everybody",), ("sr",)),),
    places=(PlaceLine(name="Kuća", town="Novi Sad", address="Tajna 1", hours="0–24", is_hidden=True),),
)


@pytest.mark.parametrize(
    ("hours", "on_tuesday", "on_sunday"),
    [
        ("0–24", True, True),
        ("24/7", True, True),
        ("danju i noću", True, True),
        ("radnim danom 8–16", True, False),
        ("Радним даном 8–16", True, False),
        ("pon–pet 8:30–16, sub 9-13", True, False),
        ("svakog dana 9-22", True, True),
        ("ned 20–6", False, True),
        ("weekdays 9 to 17", True, False),
        ("utorkom 10.30 do 12", False, False),
        ("po dogovoru", None, None),
        ("radnim danom 8–16, uz najavu", None, None),
        ("", None, None),
        ("8–8", None, None),
        ("25–30", None, None),
    ],
)
def test_hours_as_people_write_them(hours: str, on_tuesday: bool | None, on_sunday: bool | None) -> None:
    assert (is_open(hours, TUESDAY), is_open(hours, SUNDAY)) == (on_tuesday, on_sunday)


@given(st.text(max_size=60))
def test_what_cannot_be_read_is_unknown_and_never_closed(text: str) -> None:
    assert (is_open(text, TUESDAY) is None) == (read_hours(text) == ())


@given(st.integers(0, 23), st.integers(1, 24), st.integers(0, 7 * 24 * 60 - 1))
def test_a_span_is_open_as_long_as_it_says(begins: int, ends: int, minute: int) -> None:
    spans = read_hours(f"svakog dana {begins}–{ends}")
    if begins == ends:
        assert spans == ()
        return
    at = datetime(2026, 11, 23, tzinfo=LOCAL) + timedelta(minutes=minute)
    hour = at.hour + at.minute / 60
    assert is_open(f"{begins}–{ends}", at) == (
        begins <= hour < ends if begins < ends else hour >= begins or hour < ends
    )


@database
def test_by_need_language_group_hours_and_distance(cast: Cast) -> None:
    mira = cast.actor("mira")
    office = services.add_organisation(actor=mira, entry=OFFICE)
    house = services.add_organisation(actor=mira, entry=HOUSE)

    def found(**wanted: object) -> list[object]:
        return [line.id for line in selectors.search(mira, Wanted(**wanted), day=today())]  # type: ignore[arg-type]

    assert found(service="shelter") == [house]
    assert found(language="ar") == [office]
    assert found(language="a") == []
    assert found(accepts="girls") == [office, house]  # everybody is taken there, too
    assert found(accepts="men") == [house]
    assert found(service="shelter", language="ar") == []
    assert found(open_at=TUESDAY) == [office, house]
    assert found(open_at=SUNDAY) == [house]
    assert found(place="у Нишу") == [office]
    assert found(place="Niška Banja") == [office]  # near by
    assert found(place="Novi Sad") == []  # the secret place is not found by its town
    assert found(country="RS") == [office, house]
    (line,) = selectors.search(mira, Wanted(place="Leskovac"), day=today())
    assert line.km is not None
    assert 20 < line.km < 50


@database
def test_a_hidden_place_is_on_no_map(cast: Cast) -> None:
    mira = cast.actor("mira")
    services.add_organisation(actor=mira, entry=OFFICE)
    services.add_organisation(actor=mira, entry=HOUSE)
    services.add_organisation(actor=mira, entry=replace(OFFICE, name="Drugde", places=(PlaceLine(town="Zamislica"),)))
    client, path = cast.client("mira"), reverse("directory:map")
    for answer in (client.get(path), client.post(path, {"place": ""})):
        shown = answer.content.decode()
        assert "Novi Sad" not in shown
        assert "Tajna" not in shown
        assert ">Niš</text>" in shown
        assert "Zamislica" in shown  # in the list, though nobody knows where it is
        assert "Sigurna kuća" in shown


@given(st.lists(st.sampled_from([place.name for place in places() if place.country == "RS"]), max_size=25, unique=True))
def test_dots_lie_inside_and_names_cover_nothing(names: list[str]) -> None:
    drawing = draw([(name, f"t{number}", number) for number, name in enumerate(names)])
    assert len(drawing.dots) + len(drawing.not_shown) == len(names)
    for dot in drawing.dots:
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= drawing.height
    lines = [
        (dot.label_y, sorted((dot.label_x, dot.label_x + (1 if dot.anchor == "start" else -1) * 7 * len(dot.name))))
        for dot in drawing.dots
        if dot.anchor
    ]
    for place, (y, (left, right)) in enumerate(lines):
        for other_y, (other_left, other_right) in lines[place + 1 :]:
            assert abs(y - other_y) >= 14 or right <= other_left or other_right <= left


def test_north_is_up() -> None:
    dots = {dot.name: dot for dot in draw([("Subotica", "a", 1), ("Niš", "b", 1), ("Loznica", "c", 1)]).dots}
    assert dots["Subotica"].y < dots["Loznica"].y < dots["Niš"].y
    assert dots["Loznica"].x < dots["Niš"].x
    assert town_of("Nigde takvog mesta") is None


@database
def test_institutions_are_brought_along_once_and_never_overwritten(cast: Cast) -> None:
    assert services.seed_organisations(actor=system(), seeds=seeds()) == len(seeds())
    mira, row = cast.actor("mira"), Organisation.objects.get(seed_key="protection_centre")
    assert row.checked_on is None
    assert row.public_phone == ""  # nowhere written, so nowhere invented
    assert selectors.search(mira, Wanted(kind="protection_centre"), day=today())[0].needs_check
    services.revise_organisation(actor=mira, organisation_id=row.pk, entry=replace(OFFICE, kind="protection_centre"))
    services.close_organisation(actor=mira, organisation_id=Organisation.objects.get(seed_key="atina").pk, on=today())
    said = CliRunner().invoke(directory, ["seed"])
    assert said.exit_code == 0
    assert said.output.startswith("0 added")
    assert Organisation.objects.get(pk=row.pk).name == OFFICE.name
    assert Organisation.objects.count() == len(seeds())


def test_every_institution_says_where_it_comes_from() -> None:
    known = seeds()
    assert len({seed.key for seed in known}) == len(known) > 20
    for seed in known:
        assert seed.source
        assert seed.source_on.year >= 2026
        assert seed.entry.kind in vocabulary.codes("organisation_type")
        assert all(place.town == "" or town_of(place.town) for place in seed.entry.places)
    numbers = {seed.entry.public_phone for seed in known} - {""}
    assert numbers == {"192", "194", "116 000", "+381 11 785 0000"}  # these alone are in the references
