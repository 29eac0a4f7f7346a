"""How the report of a service is asked for, as its schema says: plain data that the cache keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from glomex_cli.models import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Paging(NamedTuple):
    """How the rest of a report is asked for.

    `argument` names the place of a page, in the manner of `style`: cursor, offset, page, or
    nothing. `beside` is the selection beside the rows. `is_cut` says that the schema has sizes
    of pages, but no way to the next one.
    """

    style: str = ""
    argument: str = ""
    beside: str = ""
    is_cut: bool = False


class Shape(NamedTuple):
    """How to ask for one kind of report.

    `dimensions` is a list or one, of enum values or texts. `first` and `last` name the
    arguments of the range, `range.start` a field of an argument. `days` is how a day is written:
    text, moment, seconds, millis. `filters` is when they are passed: documented, required,
    never. `required` holds other arguments, written out. `rows` is the field of the rows, empty
    where the answer is the list; `node` the field of a row in each of its elements. `fields`
    holds selections of names that are not asked for as they are; those of `titled` bring a
    title. `unknown` says what makes it impossible to ask.
    """

    dimensions: str = "[enum]"
    first: str = "from"
    last: str = "to"
    days: str = "text"
    filters: str = "documented"
    required: str = ""
    rows: str = "rows"
    node: str = ""
    fields: Mapping[str, str] = NO_NAMES
    titled: tuple[str, ...] = ()
    paging: Paging = Paging()
    unknown: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as values of JSON."""
        return {**self._asdict(), "fields": dict(self.fields), "paging": self.paging._asdict()}


def shape_from_json(fields: Any) -> Shape:
    """Parse what `as_json` returned; raises TypeError or another for anything else."""
    paging = Paging(**fields["paging"])
    texts = {**fields, **fields["paging"]}
    mixed = {"paging", "titled", "fields", "is_cut"}
    if not all(isinstance(each, str) for name, each in texts.items() if name not in mixed):
        raise TypeError
    titled = tuple(map(str, fields["titled"]))
    names = {str(name): str(text) for name, text in fields["fields"].items()}
    plain: dict[str, Any] = {**fields, "paging": paging, "titled": titled, "fields": names}
    return Shape(**plain)
