"""The widths of a table's columns where it has to fit a screen."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LEGIBLE = 12
_WORD: Final = re.compile(r"[^_]*_|[^_]+")


class Need(NamedTuple):
    """How many columns of a screen a part of the table's column takes.

    `header` unfolded and `word`, its longest part; `text`, the longest cell; `number`, the
    longest cell that must not be cut.
    """

    header: int
    word: int
    text: int
    number: int

    @property
    def whole(self) -> int:
        """The width at which nothing is folded or cut."""
        return max(self)

    @property
    def folded(self) -> int:
        """The width at which the header is folded, but no cell is cut."""
        return max(self.word, self.text, self.number)

    @property
    def legible(self) -> int:
        """The width at which a text may be cut, but can still be recognized."""
        return max(self.number, min(self.folded, _LEGIBLE))

    @property
    def bare(self) -> int:
        """The width at which the header is cut too, before a date or an id is."""
        return max(1, self.number, min(self.text, _LEGIBLE))


def shared_widths(needs: Sequence[Need], available: int) -> list[int]:
    """Return widths that share `available` columns of a screen; more rather than cut a number.

    First headers are folded, then texts are cut to a dozen characters, then headers are cut, then
    texts to one; of several the longest gives way first. Where even that is not enough, the lines
    will be wrapped anyway, and texts keep their dozen.

    >>> shared_widths([Need(5, 5, 40, 0), Need(11, 6, 9, 9)], 35)
    [26, 9]
    """
    widths = [max(min(need.whole, available), need.number) for need in needs]
    widths = _shrunk(widths, [need.folded for need in needs], available)
    widths = _shrunk(widths, [need.legible for need in needs], available)
    widths = _shrunk(widths, [need.bare for need in needs], available)
    least = _shrunk(widths, [max(1, need.number) for need in needs], available)
    return least if sum(least) <= available else widths


def folded(header: str, width: int) -> list[str]:
    """Return a name as lines of at most `width` characters, folded at its underscores.

    >>> folded("previous_video_views", 15)
    ['previous_video_', 'views']
    """
    lines = [""]
    for word in _WORD.findall(header):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += word
    return lines


def _shrunk(widths: Sequence[int], floors: Sequence[int], available: int) -> list[int]:
    shrunk = list(widths)
    while sum(shrunk) > available:
        slack = [width if width > floor else 0 for width, floor in zip(shrunk, floors, strict=True)]
        if not any(slack):
            break
        shrunk[slack.index(max(slack))] -= 1
    return shrunk
