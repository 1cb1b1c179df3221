"""How does one office go to work? `astra serve` keeps the pages and the worker up until it is told to end."""

import os
import socket
import sys

import click

from astra.config.environment import NotSetUp, read_environment
from astra.config.installation import WHO_CAN_SIGN_IN, check_keys
from astra.config.supervisor import Child, Supervisor

CHANNELS = "channels.toml"
CLI = (sys.executable, "-m", "astra.config")


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--public-port", type=int, help="The port of the public pages; ten more than the desk's.")
@click.option("--bell-port", type=int, help="The port of the sockets; twenty more than the desk's.")
@click.option("--threads", default=8, show_default=True, help="How many pages are made at the same time.")
def serve(port: int, public_port: int | None, bell_port: int | None, threads: int) -> None:
    """Be at work: the desk on http://localhost:PORT, the public pages beside it, and the unattended work.

    Ctrl-C ends both gently: requests and jobs under way are finished first.
    """
    env = read_environment()
    env.secret()
    check_keys()
    check_port(port)
    public_port, bell_port = public_port or port + 10, bell_port or port + 20
    check_port(public_port, option="--public-port")
    check_port(bell_port, option="--bell-port")
    os.environ.setdefault("ASTRA_BELL", str(bell_port))
    if (env.home / WHO_CAN_SIGN_IN).exists():
        click.echo((env.home / WHO_CAN_SIGN_IN).read_text(encoding="utf-8"))
    pages = [*CLI, "web", "--supervised", "--port", str(port), "--threads", str(threads)]
    public = [*CLI, "web", "--supervised", "--door", "public", "--port", str(public_port), "--threads", str(threads)]
    supervisor = Supervisor(
        children=[
            Child("The pages", pages),
            Child("The public pages", public),
            Child("The bell", [*CLI, "bell", "--supervised", "--port", str(bell_port)]),
            Child("The worker", [*CLI, "worker", "--supervised"]),
            *([Child("The channels", [*CLI, "channels", "--supervised"])] if (env.home / CHANNELS).exists() else []),
            *([Child("The telephone", [*CLI, "telephone", "--supervised"])] if env.telephone else []),
        ],
        say=lambda line: click.echo(line, err=True),
    )
    sys.exit(supervisor.run())


def check_port(port: int, *, option: str = "--port") -> None:
    """Say at once when somebody else listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise NotSetUp(
                f"Port {port} is taken ({error.strerror}). Choose another: astra serve {option} {port + 1}"
            ) from error
