"""How long does it take to invent an organisation's past? `make bench-fill`; SIZE=10 takes a tenth."""
# ruff: noqa: I001  (home comes first: it sets Django up before a room is imported)

from bench.home import HOME, SIZE, machine, say

import time

from astra.demo.cast import build
from astra.demo.filling import SIZES, Size, fill
from astra.kernel.clock import now, today


def main() -> None:
    """Fill the databases and print the time of each part."""
    print(f"filling, {now():%Y-%m-%d}, {machine()}")
    employed, _ = build()
    whole = SIZES["bench"]
    size = Size(whole.people // SIZE, whole.contacts // SIZE, whole.cases // SIZE, whole.days)
    started = {"": time.process_time()}

    def progress(what: str, done: int, total: int) -> None:
        started.setdefault(what, time.process_time())
        if done >= total:
            say(f"{total} {what}", (time.process_time() - started.pop("", started[what])), "s CPU")
            started[""] = time.process_time()

    begun = time.process_time()
    fill(employed, size, seed=1, today=today(), progress=progress)
    say("everything", time.process_time() - begun, "s", 1800 / SIZE)
    for path in sorted(HOME.glob("*.sqlite3")):
        say(path.name, path.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
