"""The rows of a report, read from its answer while it arrives."""

from collections.abc import Iterator

from glomex_cli.errors import ServiceError
from glomex_cli.http.json_stream import JsonReader
from glomex_cli.http.request import Head
from glomex_cli.models import Json
from glomex_cli.services.graphql.errors import AnswerError, parse_errors
from glomex_cli.services.graphql.response import Answer

_MOST_ERRORS = 1000


class RowStream:
    """The rows of one report, as they arrive; `answer` is whole once they have been read.

    `beside` holds what stands beside the rows, and `others` counts the rows of reports that were
    not asked for, which are left out.
    """

    def __init__(self, reader: JsonReader, head: Head, operation: str) -> None:
        self.beside: dict[str, Json] = {}
        self.others = 0
        self._reader = reader
        self._head = head
        self._asked = operation
        self._errors: list[AnswerError] = []
        self._has_data = False

    def batches(self) -> Iterator[list[Json]]:
        """Yield the rows under `data` in lists, as they arrive."""
        for key in self._members():
            if key == "errors":
                self._read_errors()
            elif key == "data" and self._reader.peek() == "{":
                for name in self._members():
                    if name == self._asked:
                        yield from self._operation()
                    else:
                        self._skip_other()
            else:
                self._reader.value()
        self._reader.end()

    def _members(self) -> Iterator[str]:
        """Yield the keys of an object; one that comes twice would count its rows twice."""
        seen = set[str]()
        for key in self._reader.members():
            if key in seen:
                raise ServiceError(
                    "the answer of the service is not JSON: a name comes twice",
                    "check the endpoint: glomex status",
                )
            seen.add(key)
            yield key

    def _read_errors(self) -> None:
        """Keep the first errors: a service may send one for each of a million rows."""
        if self._reader.peek() != "[":
            self._errors += parse_errors(self._reader.value())
            return
        more = 0
        for entry in self._reader.elements():
            if len(self._errors) < _MOST_ERRORS:
                self._errors += parse_errors([entry])
            else:
                more += 1
        if more:
            self._errors += parse_errors([{"message": f"{more} more errors"}])

    @property
    def answer(self) -> Answer:
        """The answer around the rows: `data` is empty where rows came, None where none did."""
        data: dict[str, Json] | None = {} if self._has_data else None
        return Answer(self._head.status, self._head.headers.get("date", ""), data, self._errors)

    def _operation(self) -> Iterator[list[Json]]:
        """Read a report: an object with `rows`, or the bare list that one page documents."""
        opening = self._reader.peek()
        if opening == "{":
            for key in self._members():
                if key == "rows" and self._reader.peek() == "[":
                    yield from self._list()
                else:
                    self.beside[key] = self._reader.value()
        elif opening == "[":
            yield from self._list()
        else:
            self._reader.value()

    def _list(self) -> Iterator[list[Json]]:
        self._has_data = True
        return self._reader.batches()

    def _skip_other(self) -> None:
        """Read past a report of another name, and count its rows."""
        opening = self._reader.peek()
        if opening == "{":
            for key in self._reader.members():
                if key == "rows" and self._reader.peek() == "[":
                    self.others += sum(map(len, self._reader.batches()))
                else:
                    self._reader.value()
        elif opening == "[":
            self.others += sum(map(len, self._reader.batches()))
        else:
            self._reader.value()
