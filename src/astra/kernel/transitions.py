"""Which steps does a lifecycle allow? One table per lifecycle; diagrams and tests are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from astra.kernel.errors import NotAllowedNow
from astra.kernel.words import msg


@dataclass(frozen=True)
class Step:
    """One allowed step: from a state, by a verb, to a state; the verb is also the audit event."""

    source: str
    verb: str
    target: str


class Lifecycle:
    """A transition table with the questions that services, templates and diagrams ask of it."""

    def __init__(self, name: str, initial: str, steps: Iterable[Step]) -> None:
        self.name = name
        self.initial = initial
        self.steps = tuple(steps)
        self._by_key = {(step.source, step.verb): step for step in self.steps}
        if len(self._by_key) != len(self.steps):
            raise ValueError(f"{name}: a state has one verb twice")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in order of first mention."""
        return tuple(dict.fromkeys([self.initial, *(s for step in self.steps for s in (step.source, step.target))]))

    def verbs_from(self, state: str) -> tuple[str, ...]:
        """The verbs that may be done now."""
        return tuple(step.verb for step in self.steps if step.source == state)

    def can(self, state: str, verb: str) -> bool:
        """Whether the verb is allowed in this state."""
        return (state, verb) in self._by_key

    def check(self, state: str, verb: str) -> str:
        """Return the next state or raise `NotAllowedNow`."""
        step = self._by_key.get((state, verb))
        if step is None:
            raise NotAllowedNow(
                msg("This step is no longer possible: something has changed meanwhile. Open the page again."),
                state=state,
            )
        return step.target

    def diagram(self) -> str:
        """The table as a Mermaid state diagram (committed under docs/diagrams and compared by the check)."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {step.source} --> {step.target}: {step.verb}" for step in self.steps]
        return "\n".join(lines) + "\n"
