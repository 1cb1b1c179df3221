"""Do the tests run in a world of their own? No network, no real home, cheap keys, every warning an error."""

import os
import socket
import tempfile
import warnings
from pathlib import Path

import pytest
from django.conf import settings

from astra.config.environment import PROJECT


def test_a_connection_beyond_this_machine_is_refused() -> None:
    with socket.socket() as sock, pytest.raises(AssertionError, match="no network"):
        sock.connect(("192.0.2.1", 80))


def test_a_connection_within_this_machine_is_let_through() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert client.connect_ex(server.getsockname()) == 0


def test_the_home_is_a_throw_away_one() -> None:
    home = Path(os.environ["ASTRA_HOME"])
    assert home.is_relative_to(tempfile.gettempdir())
    assert not home.is_relative_to(PROJECT)
    assert home == settings.ENV.home


def test_keys_are_cheap_here_and_only_here() -> None:
    assert settings.ENV.has_cheap_keys


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="anything"):
        warnings.warn("anything", stacklevel=1)
