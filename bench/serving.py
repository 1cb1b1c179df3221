"""How is the measured office opened, and who signs in? A real server in processes of its own."""

import subprocess
import sys
import time

import psutil

from astra.demo import second_factors
from astra.demo.cast import Person
from astra.demo.visiting import Visit

PORT = 8055
ADDRESS = f"http://localhost:{PORT}"
OPENS_WITHIN_S = 60


def serve() -> psutil.Popen:
    """Start the office and wait until it answers."""
    command = [sys.executable, "-m", "astra.config", "serve", "--port", str(PORT)]
    server = psutil.Popen(command, stdout=subprocess.DEVNULL)
    until = time.perf_counter() + OPENS_WITHIN_S
    while time.perf_counter() < until:
        try:
            Visit(ADDRESS).get("/sign-in/")
        except OSError:
            time.sleep(0.5)
        else:
            return server
    raise TimeoutError("the office did not open")


def web_processes(server: psutil.Popen) -> list[psutil.Process]:
    """The processes that serve pages: one that listens, one that answers."""
    return [one for one in server.children(recursive=True) if "web" in one.cmdline()]


def sign_in(person: Person) -> Visit:
    """Somebody comes to work."""
    desk = Visit(ADDRESS)
    desk.sign_in(person.key, person.passphrase, second_factors.present_code(person.key).digits)
    return desk
