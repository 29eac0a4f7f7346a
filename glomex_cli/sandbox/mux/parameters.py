"""The query of a request, read strictly: what no document names is refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from glomex_cli.sandbox.mux.errors import invalid

# The three lists that all figures take. Percent-encoded brackets arrive here as brackets.
LISTS = frozenset({"timeframe[]", "filters[]", "metric_filters[]"})
PAGED = LISTS | {"limit", "page"}
_MOST_FIELDS = 1000
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one request by name; only those of `LISTS` may have several values."""

    given: Mapping[str, Sequence[str]]

    def all(self, name: str) -> Sequence[str]:
        """Return every value of a list, in order."""
        return self.given.get(name, ())

    def text(self, name: str) -> str | None:
        """Return the value, or None where it was not given."""
        return self.given[name][0] if name in self.given else None

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """Return one of the values that are allowed, or raise RefusedError."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise invalid(f"{name} must be one of {', '.join(sorted(allowed))}")
        return default if value is None else value

    def number(self, name: str, *, default: int, highest: int | None = None) -> int:
        """Return a whole number from 1 to `highest`, or raise RefusedError."""
        text = self.text(name)
        if text is None:
            return default
        is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
        if not is_number or int(text) < 1 or (highest and int(text) > highest):
            until = f" to {highest}" if highest else ""
            raise invalid(f"{name} must be a whole number from 1{until}")
        return int(text)


def read_parameters(query: str, allowed: Collection[str]) -> Parameters:
    """Read a query string, or raise RefusedError for a parameter unknown or given twice."""
    given: dict[str, list[str]] = {}
    for name, value in _pairs(query):
        if name not in allowed:
            raise invalid(f"unknown parameter: {name}")
        given.setdefault(name, []).append(value)
        if name not in LISTS and len(given[name]) > 1:
            raise invalid(f"{name} must be given once")
    return Parameters(given)


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise invalid("too many parameters") from None
