"""How the Mux sandbox may be told to behave, in code or by the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class MuxOptions:
    """What differs from the service as documented; the defaults differ in nothing.

    `strings` writes numbers as strings where the answers of 2020 did. `throttle` refuses what
    exceeds so many requests a second, with `Retry-After` if `retry_after`; 0 never does.
    `html` answers an HTML page and `empty` nothing at all, both with status 200. `cut_pages`
    leaves the last row of a page out but counts it. `no_meta` leaves `meta` out.
    `retention_days` is how many whole days before today are answered; 120 have data.
    """

    strings: bool = False
    throttle: int = 0
    retry_after: bool = True
    html: bool = False
    empty: bool = False
    cut_pages: bool = False
    no_meta: bool = False
    retention_days: int = 100


def options_from(environ: Mapping[str, str]) -> MuxOptions:
    """Read the variables `GLOMEX_SANDBOX_…`; an empty one counts as not set.

    Raises ValueError naming the variable when its value makes no sense.

    >>> options_from({"GLOMEX_SANDBOX_THROTTLE": "5"}).throttle
    5
    """
    standard = MuxOptions()
    return MuxOptions(
        strings=_is_on(environ, "STRINGS"),
        throttle=_number(environ, "THROTTLE", standard.throttle),
        retry_after=_is_on(environ, "RETRY_AFTER", default="1"),
        html=_is_on(environ, "HTML"),
        empty=_is_on(environ, "EMPTY"),
        cut_pages=_is_on(environ, "CUT_PAGES"),
        no_meta=_is_on(environ, "NO_META"),
        retention_days=_number(environ, "RETENTION_DAYS", standard.retention_days),
    )


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be a whole number, such as 5")
    return int(text)


def _is_on(environ: Mapping[str, str], name: str, *, default: str = "0") -> bool:
    text = (environ.get(f"GLOMEX_SANDBOX_{name}") or default).lower()
    if text not in _ON | _OFF:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be 1 or 0")
    return text in _ON
