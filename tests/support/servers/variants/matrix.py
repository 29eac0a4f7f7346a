"""All cases, by the name of their variant."""

from collections.abc import Mapping

from support.servers.variants import failures, labels, questions, ranges
from support.servers.variants.case import Case

_ALL = (*questions.CASES, *labels.CASES, *ranges.CASES, *failures.CASES)
CASES: Mapping[str, Case] = {case.variant.name: case for case in _ALL}
assert len(CASES) == len(_ALL), "two variants have one name"
