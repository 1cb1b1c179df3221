"""Which offers of work has the invented organisation checked? None of these employers and agencies exists."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from astra.demo.cast import Employed
from astra.hotline import services as hotline
from astra.hotline.entries import NewContact
from astra.hotline.rules.contacts import Coded
from astra.hotline.rules.employers import Entry
from astra.hotline.rules.offers import OfferCoded
from astra.hotline.sections import OfferLookup, OfferWords, Words
from astra.kernel.clock import now

Told = dict[str, Any]  # Any: the texts of the data file


def tell_offers(employed: Mapping[str, Employed], *, today: date) -> None:
    """Fill the register, and lay checks on the desks: one to do before tonight, one to be told, one done."""
    text = files("astra.demo").joinpath("data/offers.toml").read_text(encoding="utf-8")
    told: Told = tomllib.loads(text)
    known = {name: _organisation(employed["mira"], one, today) for name, one in told["register"].items()}
    for one in told["offers"]:
        _offer(employed[one["by"]], one, known, today)


def _organisation(mira: Employed, told: Told, today: date) -> UUID:
    actor = mira.actor()
    entry = Entry(told["name"], told["kind"], told["country"], tuple(told.get("others", ())))
    made = hotline.add_organisation(actor=actor, entry=entry, is_organisation=True)
    for finding in told.get("findings", ()):
        flags = {finding["flag"]: finding["reason"]} if "flag" in finding else {}
        hotline.add_finding(
            actor=actor,
            organisation_id=made,
            what=finding["what"],
            source=finding["source"],
            on=today - timedelta(days=finding["days_ago"]),
            verdict="warnings" if flags else "none_so_far",
            said=finding["said"],
            flags=flags,
        )
    return made


def _offer(who: Employed, told: Told, known: Mapping[str, UUID], today: date) -> None:
    actor, travels = who.actor(), told.get("travels_in")
    coded = Coded("sos_trafficking", "about_self", now() - timedelta(hours=told["hours_ago"]), "voice", "sr", "self")
    contact = hotline.record_contact(actor=actor, contact=NewContact(coded, words=Words(said=told["said"])))
    offer = OfferCoded(
        told["country"],
        told["sector"],
        told["channel"],
        today + timedelta(days=travels) if travels is not None else None,
        tuple(told["terms"]),
        tuple(told["papers"]),
    )
    words = OfferWords(**told["words"])
    new = hotline.NewOffer(
        offer,
        words,
        contact_id=contact,
        employer_id=known.get(told.get("employer", "")),
        agency_id=known.get(told.get("agency", "")),
        assigned_to=who.id,
    )
    check = hotline.begin_check(actor=actor, offer=new)
    for look in told.get("looked_up", ()):
        looked = OfferLookup(look["what"], today, look["source"], look["said"])
        hotline.note_lookup(actor=actor, check_id=check, lookup=looked)
    if "verdict" in told:
        hotline.decide_flags(actor=actor, check_id=check, confirmed=told["flags"], taken_away=())
        hotline.conclude_check(actor=actor, check_id=check, verdict=told["verdict"])
    if "answer" in told:
        hotline.tell_finding(actor=actor, check_id=check, answer=told["answer"])
