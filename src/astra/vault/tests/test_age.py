"""Does the program age itself open what was sealed for somebody outside?"""

import shutil
import subprocess
from pathlib import Path

import pytest

from astra.vault.crypto import age

AGE, KEYGEN = shutil.which("age") or "age", shutil.which("age-keygen") or "age-keygen"
SIZES = (0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 3 * age.CHUNK)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A key pair that age made: the file of the private half, and the public half."""
    path = tmp_path_factory.mktemp("age") / "key.txt"
    subprocess.run([KEYGEN, "-o", path], check=True, capture_output=True)
    return path, subprocess.run([KEYGEN, "-y", path], check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_was_sealed_for_a_key(identity: tuple[Path, str], size: int) -> None:
    path, public = identity
    said = bytes(number % 251 for number in range(size))
    box = age.seal_for_key(public, said)
    opened = subprocess.run([AGE, "-d", "-i", path], input=box, check=True, capture_output=True)
    assert opened.stdout == said


def test_age_opens_what_was_sealed_for_words(tmp_path: Path) -> None:
    box = tmp_path / "export.age"
    box.write_bytes(age.seal_for_words("bato neri sumo", b"Milica"))
    # age asks for the words on a terminal, so it gets one.
    typed = f"printf 'bato neri sumo\\n' | script -qec '{AGE} -d -o {tmp_path}/out {box}' /dev/null"
    subprocess.run(["sh", "-c", typed], check=True, capture_output=True, timeout=60)
    assert (tmp_path / "out").read_bytes() == b"Milica"


def test_a_changed_file_does_not_open(identity: tuple[Path, str]) -> None:
    path, public = identity
    box = bytearray(age.seal_for_key(public, b"Milica"))
    box[-1] ^= 1
    assert subprocess.run([AGE, "-d", "-i", path], input=bytes(box), capture_output=True, check=False).returncode


def test_a_mistyped_key_is_refused(identity: tuple[Path, str]) -> None:
    _path, public = identity
    wrong = "q" if public[-1] != "q" else "p"
    for text in ("", "age1", public[:-1], public[:-1] + wrong, public[:20].upper() + public[20:], "x" + public[1:]):
        with pytest.raises(age.BadKey):
            age.read_public(text)
    assert age.read_public(public.upper()) == age.read_public(f" {public}\n")
