"""Somebody with a file, and her pages as text: for the tests of people and of what later rooms show on them."""

from uuid import UUID

from django.test import Client
from django.urls import reverse

from astra.demo.pytest_cast import Cast
from astra.people import services
from astra.people.rules.persons import Identity, Name


def page(name: str, *args: object) -> str:
    return reverse(f"people:{name}", args=args)


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def register(cast: Cast, name: str = "Zlatija") -> UUID:
    return services.register_person(actor=cast.actor("mira"), identity=Identity(names=(Name(name, "Đorđević"),)))
