"""What the cache keeps of a service: the shape of its reports, and the values of dimensions.

The values are as they were last listed, for the completion of filters: the program itself never
reads them to answer anything. A file that is missing or broken is written anew.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from glomex_cli.models import NO_NAMES
from glomex_cli.storage.files import read_plain, replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from glomex_cli.models import Cell, Report

# Shells read the first 2,000 lines and 32,768 bytes of a file.
_MOST_DIMENSIONS = 8
_MOST_VALUES = 250
_MOST_BYTES = 1024 * 1024
_MOST_IN_ALL = 1500
_LONGEST_VALUE = 100


class Paging(NamedTuple):
    """How the rest of a report is asked for.

    `argument` names the place of a page, in the manner of `style`: cursor, offset, page, or
    nothing. `beside` is the selection beside the rows. `is_cut` says that the schema has sizes
    of pages, but no way to the next one. `size` asks for large pages, unless they are refused.
    """

    style: str = ""
    argument: str = ""
    beside: str = ""
    is_cut: bool = False
    size: str = ""


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

    def with_paging(self, paging: Paging) -> Shape:
        """Return the shape with other pages."""
        return self._replace(paging=paging)

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


def values_file(schema_file: Path) -> Path:
    """Return the file of values beside a cached schema.

    >>> from pathlib import Path
    >>> values_file(Path("learnt-0123.json")).name
    'learnt-0123-values.json'
    """
    return schema_file.with_name(f"{schema_file.stem}-values.json")


def keep_values(file: Path, dimension: str, report: Report) -> None:
    """Keep the first 250 values of a dimension, and those of the seven listed before it.

    A file that cannot be written is left as it is. The rows of `report` must be a list.
    """
    cells = [row.get(dimension) for row in report.rows]
    kept = {_key(dimension): [cell for cell in cells if _is_kept(cell)][:_MOST_VALUES]}
    kept |= {name: each for name, each in _read(file).items() if name not in kept}
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(file, _to_bytes(dict(list(kept.items())[:_MOST_DIMENSIONS])), mode=0o600)


def forget_values(file: Path) -> None:
    """Remove the file of values, if there is one."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _key(dimension: str) -> str:
    """Return the name of a section, which no section of a schema has."""
    return f"{dimension}="


def _is_kept(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= _LONGEST_VALUE


def _to_bytes(sections: dict[str, list[Any]]) -> bytes:
    """Return the sections as deep in the text as those of a schema: shells count the blanks."""
    room = _MOST_IN_ALL
    cut: dict[str, list[Any]] = {}
    for name, values in sections.items():
        cut[name] = values[: max(room, 0)]
        room -= len(values)
    return json.dumps({"values": {"data": cut}}, ensure_ascii=False, indent=1).encode()


def _read(file: Path) -> dict[str, list[Any]]:
    try:
        found: Any = json.loads(read_plain(file, limit=_MOST_BYTES))["values"]["data"]
        return {str(name): list(filter(_is_kept, values)) for name, values in found.items()}
    except (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError):
        return {}
