"""How does somebody practise without touching what is real? In another home, with a coloured frame on every page.

Practice lives in `practice/` under the real home, with databases, keys and invented people of its own; the real
installation knows nothing of it (docs/adr/0012).
"""

import os
import subprocess
import sys

import click

from astra.config.commands.serve import CLI
from astra.config.environment import read_environment
from astra.config.installation import STATE_FILE

REAL_ADDRESSES = ("ASTRA_DATABASE_URL", "ASTRA_KEYSTORE_URL", "ASTRA_HOSTS", "ASTRA_HTTPS")


@click.command()
@click.option("--port", default=8001, show_default=True, help="The port to listen on, beside the real one.")
def practice(port: int) -> None:
    """Serve an installation to practise in, with its own data; nothing in it is ever counted."""
    home = read_environment().home / "practice"
    own = {name: value for name, value in os.environ.items() if name not in REAL_ADDRESSES}
    own["ASTRA_HOME"] = str(home)
    if not (home / STATE_FILE).exists():
        made = subprocess.run([*CLI, "setup", "--practice"], env=own, check=False)  # noqa: S603  (our own command)
        if made.returncode:
            sys.exit(made.returncode)
    os.execve(sys.executable, [*CLI, "serve", "--port", str(port)], own)  # noqa: S606  (our own command)
