"""Is the person asked before anybody is called, and is a number shown only to whoever needs it?"""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.hotline import selectors, services
from astra.hotline.models import Interpreter, Interpreting
from astra.hotline.rules import interpreters as rules
from astra.hotline.rules.interpreters import Facts, Wish
from astra.hotline.sections import InterpreterWords
from astra.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"])]
SIGNED = date(2026, 1, 12)
PHONE = "+381 64 555 0177"


def page(name: str, *args: object) -> str:
    return reverse(f"hotline:{name}", args=args)


def added(cast: Cast, name: str = "Samira", **given: object) -> UUID:
    facts = Facts(**{"languages": ("ar", "fa"), "sex": "female", "signed_on": SIGNED, **given})  # type: ignore[arg-type]
    words = InterpreterWords(name=name, phone=PHONE, community="From Homs; works at the mosque")
    return services.add_interpreter(actor=cast.actor("jelena"), facts=facts, words=words)


def test_who_fits_and_in_which_order() -> None:
    samira = Facts(("ar",), "female", signed_on=SIGNED)
    assert rules.fits(samira, Wish("ar"))
    assert rules.fits(samira, Wish("ar", "female"))
    assert not rules.fits(samira, Wish("ar", "male"))
    assert not rules.fits(samira, Wish("sq"))
    assert not rules.fits(Facts(("ar",), ended_on=SIGNED), Wish("ar"))
    unsigned, sworn = Facts(("ar",)), Facts(("ar",), is_sworn=True, signed_on=SIGNED)
    ordered = sorted([(unsigned, "A"), (samira, "B"), (sworn, "C")], key=lambda one: rules.place(*one))
    assert [name for _, name in ordered] == ["C", "B", "A"]


@pytest.mark.parametrize(
    ("facts", "language", "conflict"),
    [
        (Facts(("ar",)), "ar", "none_found"),
        (Facts(("ar",), signed_on=SIGNED), "sq", "none_found"),
        (Facts(("ar",), signed_on=SIGNED), "ar", "refused"),
        (Facts(("ar",), signed_on=SIGNED, ended_on=SIGNED), "ar", "none_found"),
    ],
)
def test_what_forbids_a_call(facts: Facts, language: str, conflict: str) -> None:
    with pytest.raises(NotAllowedNow):
        rules.check_may_join(facts, language, conflict)
    rules.check_may_join(Facts(("ar",), signed_on=SIGNED), "ar", "accepted")


def test_from_the_wish_to_the_end_of_the_call(cast: Cast) -> None:
    found, mira = added(cast), cast.client("mira")
    added(cast, "Ahmed", sex="male")
    first = mira.get(page("interpreters"), {"language": "ar", "sex": "female"}).content.decode()
    assert "Samira" in first
    assert "Homs" in first
    assert "Ahmed" not in first
    assert PHONE not in first
    wish = {"language": "ar", "sex": "female", "interpreter": str(found)}
    missing = mira.post(page("choose_interpreter"), wish)
    assert missing.status_code == 200
    assert not Interpreting.objects.exists()
    refused = mira.post(page("choose_interpreter"), wish | {"conflict": "refused"}).content.decode()
    assert "Izaberite drugog" in refused
    answer = mira.post(page("choose_interpreter"), wish | {"conflict": "none_found"})
    call = Interpreting.objects.get()
    assert answer["Location"] == page("interpreting", call.pk)
    assert PHONE in mira.get(page("interpreting", call.pk)).content.decode()
    assert cast.client("sanja").get(page("interpreting", call.pk)).status_code == 404
    mira.post(page("interpreting", call.pk), {"verb": "join"})
    assert "Samira" in mira.get(page("interpreters")).content.decode()
    mira.post(page("interpreting", call.pk), {"verb": "leave"})
    call.refresh_from_db()
    assert call.joined_at is not None
    assert call.left_at is not None
    assert selectors.interpreting_now(cast.actor("mira")) == []
    with pytest.raises(NotAllowedNow):
        services.interpreter_leaves(actor=cast.actor("mira"), call_id=call.pk)


def test_coordinators_keep_the_register(cast: Cast) -> None:
    typed = {"name": "Samira", "phone": PHONE, "languages": "arapski", "signed_on": "12.01.2026."}
    jelena = cast.client("jelena")
    assert jelena.post(page("add_interpreter"), typed).status_code == 302
    row = Interpreter.objects.get()
    assert (row.languages, row.signed_on) == (["ar"], SIGNED)
    assert jelena.post(page("interpreter", row.pk), typed | {"name": "Samira N.", "is_sworn": "on"}).status_code == 302
    assert selectors.interpreter(cast.actor("mira"), row.pk).words.name == "Samira N."
    read = cast.client("mira").get(page("interpreter", row.pk)).content.decode()
    assert PHONE not in read
    assert cast.client("mira").post(page("interpreter", row.pk), typed).content.decode().count("koordinacija")
    with pytest.raises(Denied):
        services.add_interpreter(
            actor=cast.actor("mira"), facts=Facts(("ar",)), words=InterpreterWords("Samira", PHONE)
        )
    for facts, words in (
        (Facts(()), InterpreterWords("Samira", PHONE)),
        (Facts(("ar",)), InterpreterWords("Samira")),
        (Facts(("xx",)), InterpreterWords("Samira", PHONE)),
    ):
        with pytest.raises(Invalid):
            services.add_interpreter(actor=cast.actor("jelena"), facts=facts, words=words)


def test_a_conversation_is_not_taken_for_a_contact(cast: Cast) -> None:
    found = added(cast)
    with pytest.raises(NotFound):
        services.choose_interpreter(
            actor=cast.actor("mira"), interpreter_id=found, language="ar", conflict="accepted", contact_id=found
        )
