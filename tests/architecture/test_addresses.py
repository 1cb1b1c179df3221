"""Does every address say who may open it? A view that says nothing would be open to everybody."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from astra.accounts.access import COLLEAGUE, DESK, ENTERING, PUBLIC, SIGNED_IN, access_of


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with the pattern that answers it."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, prefix + str(each.pattern))
        else:
            yield prefix + str(each.pattern), each


def test_every_view_says_who_may_open_it() -> None:
    silent = [
        f"{address or '/'} ({pattern.callback.__module__})"
        for address, pattern in patterns(get_resolver())
        if access_of(pattern.callback) is None
    ]
    assert silent == [], "say it with a decorator of astra.accounts.access"


def test_what_a_view_says_is_one_of_the_known_answers() -> None:
    for address, pattern in patterns(get_resolver()):
        access = access_of(pattern.callback)
        if access is not None:
            assert access[0] in {PUBLIC, ENTERING, SIGNED_IN, COLLEAGUE, DESK}, address
            assert bool(access[1]) is (access[0] == DESK), address
