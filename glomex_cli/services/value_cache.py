"""Values of dimensions as they were last listed, kept for the completion of filters.

The program itself never reads them to answer anything. A file that is missing or broken is
written anew.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from glomex_cli.models import Cell, Report
from glomex_cli.storage.files import replace_file

# Shells read the first 2,000 lines and 32,768 bytes of a file.
_MOST_DIMENSIONS = 8
_MOST_VALUES = 250
_MOST_IN_ALL = 1500
_LONGEST_VALUE = 100


def values_file(schema_file: Path) -> Path:
    """Return the file of values beside a cached schema.

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
        found: Any = json.loads(file.read_bytes())["values"]["data"]
        return {str(name): list(filter(_is_kept, values)) for name, values in found.items()}
    except (AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError):
        return {}
