"""`python -m astra.science.linkage.learning`: learn the weights anew and write them into their file."""

import time
from importlib.resources import files
from pathlib import Path

import click

from astra.science.linkage.learning.fitting import fit, fit_levels, loss
from astra.science.linkage.learning.samples import Sample
from astra.science.linkage.weighing.weights import LEARNED, Weights, write_weights

FIRST_SEED = 101
FILE = Path(str(files("astra.science.linkage.weighing").joinpath(LEARNED)))
HEADING = """What agreements are worth when two records are compared: natural logarithms, learned from invented people.
Made by: python -m astra.science.linkage.learning
  --seed {seed} --records {records} --questions {questions} --quick {quick}
{also}Data: astra.science.linkage.invented, noise ordinary and hard, seeds {seed} and {next}, and the further sets
that are named: another seed of the evaluation's generator. No real person, and none of the sets that figures are
reported on.
What they must not decide, and how they were checked: docs/matching-model-card.md."""


@click.command()
@click.option("--seed", default=FIRST_SEED, show_default=True)
@click.option("--records", default=16_000, show_default=True)
@click.option("--questions", default=3_000, show_default=True)
@click.option("--quick", default=1_500, show_default=True, help="Questions of each set for the numbers of the names.")
@click.option(
    "--also", type=click.Path(path_type=Path), multiple=True, help="A folder with further tables to learn from."
)
@click.option("--out", type=click.Path(path_type=Path), default=FILE)
def learn(*, seed: int, records: int, questions: int, quick: int, also: tuple[Path, ...], out: Path) -> None:
    """Learn the weights: all of them from some questions of each set, then the levels from all questions."""
    begun = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"{time.monotonic() - begun:6.0f} s  {text}")

    samples = [Sample.invented(seed + at, records, questions, noise) for at, noise in enumerate(("ordinary", "hard"))]
    samples += [Sample.read(folder) for folder in also]
    weights = fit(Weights(), [one.first(quick) for one in samples], say)
    for _ in range(2):
        weights = fit_levels(weights, samples)
    say(f"levels fitted with all questions: {loss(weights, samples):.5f}")
    besides = "".join(f"  --also {folder.name}\n" for folder in also)
    heading = HEADING.format(seed=seed, next=seed + 1, records=records, questions=questions, quick=quick, also=besides)
    out.write_text(write_weights(weights, heading), encoding="utf-8")
    say(f"written to {out}")


if __name__ == "__main__":
    learn()
