"""Is the vocabulary whole? Asked at start-up and by the tests: every list, every crosswalk, every standard."""

from collections import Counter

from astra.vocabulary.crosswalks import RELATIONS, Crosswalk, crosswalk, crosswalks
from astra.vocabulary.errors import BrokenVocabulary
from astra.vocabulary.lists import codes, lists
from astra.vocabulary.standards import ctdc_columns, domain, htcds_fields


def check_all() -> None:
    """Raise `BrokenVocabulary` naming everything that is wrong; read every file once."""
    problems = [problem for name in lists() for problem in _read_problems(name)]
    problems += [problem for name, standard in crosswalks() for problem in walk_problems(crosswalk(name, standard))]
    problems += _standard_problems()
    if problems:
        raise BrokenVocabulary("\n".join(problems))


def _read_problems(name: str) -> list[str]:
    try:
        codes(name)
    except BrokenVocabulary as error:
        return [str(error)]
    return []


def walk_problems(walk: Crosswalk) -> list[str]:
    """What is wrong with a crosswalk: a code or target without a row, an unknown one, an exact way that is not."""
    where = f"{walk.name}.{walk.standard}"
    known = set(codes(walk.name).codes)
    targets = set(domain(walk.domain)) if walk.domain else {link.target for link in walk.links}
    of_code = Counter(link.code for link in walk.links)
    exact_targets = Counter(link.target for link in walk.links if link.relation == "exact")
    problems = [f"{where}: {code} has no row" for code in sorted(known - set(of_code))]
    problems += [f"{where}: target {target} has no row" for target in sorted(targets - {k.target for k in walk.links})]
    for link in walk.links:
        row = f"{where}: {link.code or '(no code)'} > {link.target or '(no target)'}"
        if link.relation not in RELATIONS:
            problems.append(f"{row}: {link.relation!r} is not a relation")
        if link.code and link.code not in known:
            problems.append(f"{row}: the code is not in the list")
        if link.target and link.target not in targets:
            problems.append(f"{row}: the target is not in the standard")
        if (link.relation == "none") != (not link.code or not link.target):
            problems.append(f"{row}: none, and only none, has an empty side")
        if link.relation == "exact" and (of_code[link.code] > 1 or exact_targets[link.target] > 1):
            problems.append(f"{row}: an exact way is the only one")
    return problems


def _standard_problems() -> list[str]:
    """Fields and columns that name a crosswalk which does not exist."""
    known = set(crosswalks())
    named = [(field.name, field.code_list, field.standard) for field in htcds_fields()]
    named += [(column.name, column.code_list, column.standard) for column in ctdc_columns("synthetic")]
    named += [(column.name, column.code_list, column.standard) for column in ctdc_columns("kanonymised")]
    return [
        f"{name}: there is no crosswalk {code_list}.{standard}"
        for name, code_list, standard in named
        if code_list and (code_list, standard) not in known
    ]
