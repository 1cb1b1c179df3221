"""How are the sockets served? One process that holds no key: it only says "look again"."""

import asyncio
import importlib
import os

import click
import uvicorn

from astra.config.installation import check_keys
from astra.config.supervisor import end_with_parent

MOST_AT_ONCE = 2000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8020, show_default=True, help="The port to listen on.")
@click.option("--supervised", is_flag=True, hidden=True)
def bell(host: str, port: int, *, supervised: bool) -> None:
    """Ring the pages that something is new; `astra serve` starts this together with them."""
    os.umask(0o077)
    check_keys()
    if supervised:
        end_with_parent()
    application = importlib.import_module("astra.config.asgi").application
    asyncio.run(
        uvicorn.Server(
            uvicorn.Config(
                application,
                host=host,
                port=port,
                access_log=False,
                log_level="warning",
                ws="websockets-sansio",
                limit_concurrency=MOST_AT_ONCE,
                lifespan="on",
                server_header=False,
            )
        ).serve()
    )
