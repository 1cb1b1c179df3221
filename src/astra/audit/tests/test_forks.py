"""Is a history that was rewritten consistently, tree, summaries, signatures and all, still seen?"""

from pathlib import Path

import pytest

from astra.audit import keys, selectors
from astra.audit.findings import Kind
from astra.audit.outside import Outside
from astra.audit.rules import checkpoints
from astra.audit.tests.attacking import SIZE, Superuser, found, hashes, rewrite
from astra.audit.verify import verify

pytestmark = pytest.mark.django_db


class TestFork:
    """The strongest attack: everything in the database rewritten consistently, tree and summaries too."""

    @pytest.mark.parametrize("is_key_stolen", [False, True])
    @pytest.mark.parametrize("sequence", [0, 1500, SIZE - 1])
    def test_a_rewritten_history_is_named(
        self, log: int, superuser: Superuser, home: Path, sequence: int, is_key_stolen: bool
    ) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = %s", sequence)
        rewrite(superuser, keys.read_signing_key(home) if is_key_stolen else None)
        assert found() == (Kind.FORKED, sequence)

    def test_a_shortened_history_is_named(self, log: int, superuser: Superuser, home: Path) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 700")
        superuser.run("DELETE FROM audit_entry WHERE sequence >= 1400")
        rewrite(superuser, keys.read_signing_key(home))
        assert found() == (Kind.FORKED, 700)

    def test_without_the_outside_files_the_signature_still_tells(
        self, log: int, superuser: Superuser, outside: Outside
    ) -> None:
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 1600")
        rewrite(superuser, None)
        outside.leaves.write_bytes(b"")
        assert found() == (Kind.FORKED, 1500)

    def test_with_key_and_files_stolen_a_witness_still_tells(
        self, log: int, superuser: Superuser, home: Path, outside: Outside
    ) -> None:
        head = selectors.latest_checkpoint()
        assert head is not None
        superuser.run("UPDATE audit_entry SET actor_id = NULL WHERE sequence = 1600")
        rewrite(superuser, keys.read_signing_key(home))
        outside.leaves.write_bytes(b"".join(row[0] for row in hashes(superuser)))
        texts = superuser.rows("SELECT text FROM audit_checkpoint ORDER BY size")
        outside.checkpoints.write_text("".join(f"{text}\n" for (text,) in texts), encoding="utf-8")
        assert verify().is_sound
        (older,) = [
            text for (text,) in texts if checkpoints.Checkpoint.parse(text.split("\n\n")[0] + "\n").size == 1500
        ]
        finding = verify([head.text, older]).finding
        assert finding is not None
        assert (finding.kind, finding.sequence) == (Kind.FORKED, 1500)
        assert "1500 to 2099" in str(finding)
