"""Does the tree keep its own rules? `make check` asks all of them, `make fix` mends what can be written anew."""

import importlib
import os
import sys

import django

from astra.config.checks import diagrams, locks, others_work, sizes
from astra.config.environment import PROJECT


def main() -> int:
    """Tell every fault; return 1 when there is one."""
    if "--fix" in sys.argv:
        diagrams.write(PROJECT)
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astra.config.settings")
    django.setup()
    inventory = importlib.import_module("astra.config.checks.inventory")
    count = 0
    for check in (sizes, diagrams, locks, others_work, inventory):
        for fault in check.find_faults(PROJECT):
            count += 1
            print(fault)
    print(f"{count} faults" if count else "No faults.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
