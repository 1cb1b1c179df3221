"""Can she sign in as people do: words, second factor, codes, desk? And nobody else?"""

from django.test import Client

from astra.accounts.cookies import COOKIE
from astra.accounts.models import User, Visit
from astra.accounts.services import second_factors
from astra.accounts.tests.support import code_of, later, set_up_app, type_words
from astra.demo.pytest_cast import Cast

MIRA = "breza topola jasen vrba kesten hrast"


def _fresh(cast: Cast) -> Client:
    User.objects.filter(pk=cast.mira.user_id).update(codes_noted_at=None)
    return Client()


def test_first_visit_leads_through_second_factor_and_codes(cast: Cast) -> None:
    client = _fresh(cast)
    answer = type_words(client, "mira", MIRA)
    assert answer.status_code == 302
    assert client.get("/").headers["Location"].startswith("/second-factor/choose/")
    assert client.get("/second-factor/choose/").status_code == 200
    set_up_app(client)
    codes = client.get("/second-factor/codes/")
    assert codes.status_code == 200
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/").headers["Location"].startswith("/second-factor/choose/")
    assert client.post("/second-factor/codes/noted/").headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_second_visit_asks_for_the_second_factor(cast: Cast) -> None:
    first = _fresh(cast)
    type_words(first, "mira", MIRA)
    secret = set_up_app(first)
    first.post("/second-factor/codes/noted/")
    client = Client()
    answer = type_words(client, "МИРА", MIRA.upper())
    assert answer.headers["Location"] == "/second-factor/"
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    assert Visit.objects.count() == 1
    wrong = client.post("/second-factor/", {"code": "000000"})
    assert wrong.status_code == 200
    right = client.post("/second-factor/", {"code": code_of(secret, steps=1)})
    assert right.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Visit.objects.count() == 2


def test_a_key_waits_five_minutes_for_the_second_factor(cast: Cast) -> None:
    first = _fresh(cast)
    type_words(first, "mira", MIRA)
    secret = set_up_app(first)
    client = Client()
    type_words(client, "mira", MIRA)
    with later(minutes=5, seconds=1):
        late = client.post("/second-factor/", {"code": code_of(secret, steps=1)})
    assert late.headers["Location"] == "/sign-in/"
    assert Visit.objects.count() == 1


def test_a_key_without_its_cookie_opens_nothing(cast: Cast) -> None:
    first = _fresh(cast)
    type_words(first, "mira", MIRA)
    secret = set_up_app(first)
    client = Client()
    type_words(client, "mira", MIRA)
    del client.cookies[COOKIE]
    answer = client.post("/second-factor/", {"code": code_of(secret, steps=1)})
    assert answer.headers["Location"] == "/sign-in/"


def test_setting_up_does_not_wait_for_ever(cast: Cast) -> None:
    client = _fresh(cast)
    type_words(client, "mira", MIRA)
    with later(minutes=6):
        assert client.get("/second-factor/app/").headers["Location"].startswith("/unlock/")


def test_signing_out_ends_the_visit(cast: Cast) -> None:
    client = cast.client("mira")
    assert client.get("/").status_code == 200
    answer = client.post("/sign-out/")
    assert answer.cookies[COOKIE].value == ""
    assert not Visit.objects.exists()
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_signing_out_takes_a_post(cast: Cast) -> None:
    assert cast.client("mira").get("/sign-out/").status_code == 405


def test_lost_second_factor_is_taken_away_by_another(cast: Cast) -> None:
    client = cast.client("mira")
    second_factors.reset(actor=cast.actor("jelena"), member_id=cast.mira.id)
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    type_words(client, "mira", MIRA)
    assert client.get("/").headers["Location"].startswith("/second-factor/choose/")


def test_no_answer_is_kept(cast: Cast) -> None:
    for path in ("/", "/sign-in/", "/my/", "/nowhere/"):
        assert cast.client("mira").get(path).headers["Cache-Control"] == "no-store", path
