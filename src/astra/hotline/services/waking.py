"""How does one process tell another that something was stored? Through Redis, where there is one; never what.

Nothing depends on it: who listens looks at the database anyway, only a little later.
"""

import logging
from functools import cache

import redis
from django.conf import settings
from django.db import transaction

WAKE_CHANNEL = "astra.look"
PATIENCE_S = 0.2
log = logging.getLogger(__name__)


def wake() -> None:
    """Say that something was stored, once it is."""
    if settings.ENV.redis_url:
        transaction.on_commit(_say)


def _say() -> None:
    try:
        _server(settings.ENV.redis_url).publish(WAKE_CHANNEL, b"")
    except redis.exceptions.RedisError as error:
        log.warning("Redis does not answer: %s", type(error).__name__)


@cache
def _server(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
