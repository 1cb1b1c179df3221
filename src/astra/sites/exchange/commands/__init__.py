"""What can be brought in, given on and printed at the terminal?"""

from astra.sites.exchange.commands.bringing_in import import_command
from astra.sites.exchange.commands.giving_on import export
from astra.sites.exchange.commands.on_paper import print_command

__all__ = ["export", "import_command", "print_command"]
