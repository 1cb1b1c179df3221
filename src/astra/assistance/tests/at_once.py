"""What happens when several colleagues do the same thing at the same moment, each on a connection of her own?"""

import threading
from collections.abc import Callable, Sequence

from django.db import OperationalError, connections

from astra.kernel.errors import Conflict, Invalid

DONE, REFUSED, LOCKED = "done", "refused", "locked"


def at_once(deeds: Sequence[Callable[[], object]]) -> list[str]:
    """How each ended: done, refused by our rules, or told by SQLite that it has one writer; anything else is raised."""
    ready, ended, faults = threading.Barrier(len(deeds)), list[str](), list[BaseException]()

    def run(deed: Callable[[], object]) -> None:
        ready.wait()
        try:
            deed()
            ended.append(DONE)
        except (Conflict, Invalid):
            ended.append(REFUSED)
        except OperationalError:
            ended.append(LOCKED)
        except BaseException as error:  # noqa: BLE001  (raised below)
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    if faults:
        raise faults[0]
    return ended
