"""What must never load Django? Science, the rules, the kernel: they are tried alone, in a process of their own."""

import pkgutil
import subprocess
import sys

import pytest

import astra
import astra.kernel
import astra.science


def modules_under(name: str, path: list[str]) -> list[str]:
    """Every module below a package, its tests left out."""
    found = [name]
    for info in pkgutil.iter_modules(path, f"{name}."):
        if not info.name.endswith(".tests"):
            below = [f"{path[0]}/{info.name.rpartition('.')[2]}"]
            found += modules_under(info.name, below) if info.ispkg else [info.name]
    return found


PURE = {
    "science": modules_under("astra.science", list(astra.science.__path__)),
    "kernel": modules_under("astra.kernel", list(astra.kernel.__path__)),
    "rules": [
        name
        for info in pkgutil.iter_modules(astra.__path__, "astra.")
        for name in modules_under(info.name, [f"{astra.__path__[0]}/{info.name.rpartition('.')[2]}"])
        if ".rules" in name
    ],
}


@pytest.mark.parametrize("part", PURE)
def test_it_loads_without_django(part: str) -> None:
    program = (
        "import importlib, sys\n"
        f"for name in {PURE[part]!r}: importlib.import_module(name)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "[]"
