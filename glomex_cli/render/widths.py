"""How wide the columns of a table are where it has to fit a screen."""

from collections.abc import Sequence
from typing import NamedTuple

_LEGIBLE_TEXT = 12
_LEGIBLE_HEADER = 6


class Need(NamedTuple):
    """How many columns of a screen a header, its longest text and its longest number take."""

    header: int
    text: int
    number: int


def shared_widths(needs: Sequence[Need], available: int) -> list[int]:
    """Share out `available` columns of a screen; more are taken rather than cut a number.

    The longest gives way first: texts and their headers down to a dozen characters, then the
    headers of numbers to six, then all of them to one.

    >>> shared_widths([Need(5, 40, 0), Need(11, 0, 9)], 35)
    [24, 11]
    """
    widths = [max(min(max(need), available), need.number) for need in needs]
    for floors in _floors(needs):
        widths = _shrunk(widths, floors, available)
    return widths


def _floors(needs: Sequence[Need]) -> list[list[int]]:
    """Say how far each column may shrink, in the first round and the ones after."""
    texts = [max(need) if need.number else min(max(need), _LEGIBLE_TEXT) for need in needs]
    headers = [
        max(need.number, min(need.header, _LEGIBLE_HEADER)) if need.number else text
        for need, text in zip(needs, texts, strict=True)
    ]
    return [texts, headers, [max(1, need.number) for need in needs]]


def _shrunk(widths: Sequence[int], floors: Sequence[int], available: int) -> list[int]:
    shrunk = list(widths)
    while sum(shrunk) > available:
        slack = [width if width > floor else 0 for width, floor in zip(shrunk, floors, strict=True)]
        if not any(slack):
            break
        shrunk[slack.index(max(slack))] -= 1
    return shrunk
