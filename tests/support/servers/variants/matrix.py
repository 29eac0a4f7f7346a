"""All cases, by the name of their variant."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from glomex_cli.sandbox.variants.arguments import OFFERED
from support.servers.variants import failures, labels, questions, ranges, sign_ins
from support.servers.variants.case import REPORTS, SIGN_INS, Case

_OFFERED_KINDS = {
    "half-open": 5,
    "half-open-publisher": 5,
    "objects": 6,
    "strings": 7,
    "pages": 4,
    "numbers-as-text": 2,
    "moments": 13,
    "short-ranges": 3,
    "zero-days": 12,
    "plain-sign-in": 10,
    "java": 8,
    "unsteady": 1,
}
_SHORT = {"month": (5,), "plot": (5,)}
_offered = tuple(
    Case(
        kind=_OFFERED_KINDS[name],
        variant=variant,
        commands=(*REPORTS, *SIGN_INS) if name == "plain-sign-in" else REPORTS,
        instead=_SHORT if name == "short-ranges" else {"*": (5, 6)} if variant.faults else {},
        faults=2 if variant.faults else 0,
        words="--from|--last|shorter" if name == "short-ranges" else "",
    )
    for name, variant in OFFERED.items()
)
_ALL = (*_offered, *questions.CASES, *labels.CASES, *ranges.CASES, *sign_ins.CASES, *failures.CASES)
CASES: Mapping[str, Case] = {case.variant.name: case for case in _ALL}
assert len(CASES) == len(_ALL), "two variants have one name"


class CellName(NamedTuple):
    """A variant and a command put to it."""

    variant: str
    command: str


def cells() -> Iterator[CellName]:
    """Yield every cell of the matrix, variant by variant."""
    for name, case in CASES.items():
        yield from (CellName(name, command) for command in case.commands)
