"""Numbers of options, in a range that makes sense: no NaN, no infinity, nothing that runs on."""

import math
import re
from collections.abc import Callable

from glomex_cli.errors import UsageError
from glomex_cli.suggestions import quoted

LONGEST_S = 86_400.0  # a day
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})(?:[eE][+-]?[0-9]{1,2})?"
)


def seconds_option(
    option: str, *, least: float, most: float = LONGEST_S
) -> Callable[[str | float], float]:
    """Return the parser of an option that takes seconds; UsageError, with the range, for others.

    >>> seconds_option("--timeout", least=0.1)("2.5")
    2.5
    """

    def parse(typed: str | float) -> float:
        text = str(typed).strip()
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not least <= value <= most:
            raise UsageError(
                f"{option} {quoted(text)} is no number of seconds that can be waited",
                f"type {least:g} to {most:g}",
            )
        return value

    return parse
