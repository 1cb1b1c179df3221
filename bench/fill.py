"""How long does it take to invent an organisation's past? `make bench-fill` (SIZE=10: a tenth); the result is kept."""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, machine, say

from astra.kernel.clock import now
from bench.office import is_filled, open_office, size


def main() -> None:
    """Fill the databases and print the time of each part."""
    print(f"filling {size()}, {now():%Y-%m-%d}, {machine()}")
    if is_filled():
        print(f"It is filled already, with the present schema and seed; to fill it again, remove {HOME}")
    open_office()
    for path in sorted(HOME.glob("*.sqlite3")):
        say(path.name, path.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
