"""How a sandbox may be told to behave, in code or by the environment."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """What differs from the service as documented; the defaults differ in nothing.

    `token_life_s` and `challenge_life_s` are whole seconds, as in a token; 0 is expired at birth.
    `delay_s` is waited before every GraphQL answer. `exclusive_to` reads `to` as the day after
    the last. `schema_text` serves another SDL: fields are bound by name, what it lacks is left
    out, and custom scalars pass through as they are. `compress` allows gzip.
    """

    token_life_s: int = 3600
    challenge_life_s: int = 180
    delay_s: float = 0.0
    introspection: bool = True
    exclusive_to: bool = False
    schema_text: str | None = None
    compress: bool = True


def options_from(environ: Mapping[str, str]) -> SandboxOptions:
    """Read the variables `GLOMEX_SANDBOX_…`; an empty one counts as not set.

    Raises ValueError naming the variable when its value makes no sense.

    >>> options_from({"GLOMEX_SANDBOX_TOKEN_LIFE": "5"}).token_life_s
    5
    """
    standard = SandboxOptions()
    return SandboxOptions(
        token_life_s=int(_seconds(environ, "TOKEN_LIFE", standard.token_life_s)),
        challenge_life_s=int(_seconds(environ, "CHALLENGE_LIFE", standard.challenge_life_s)),
        delay_s=_seconds(environ, "DELAY", standard.delay_s),
        introspection=_is_on(environ, "INTROSPECTION", default=standard.introspection),
        exclusive_to=_is_on(environ, "EXCLUSIVE_TO", default=standard.exclusive_to),
    )


def _seconds(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "")
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be a number of seconds, such as 5")
    return seconds


def _is_on(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(f"GLOMEX_SANDBOX_{name}", "").lower()
    if not text:
        return default
    if text not in _YES | _NO:
        raise ValueError(f"GLOMEX_SANDBOX_{name} must be 1 or 0")
    return text in _YES
