"""What a library reads blocks from and writes bytes to: failures of either are kept as they are."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any, BinaryIO

from glomex_cli.output.typed_cells import TypedBlock


class Sink(RawIOBase):
    """A stream whose failure is kept for later: a library in Rust would print it, and abort."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self._position = 0
        self.error: OSError | None = None

    def writable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._position

    def write(self, data: Any, /) -> int:
        """Write all of `data`; after a failure nothing."""
        size = memoryview(data).nbytes
        if self.error is None:
            try:
                self._stream.write(data)
            except OSError as error:
                self.error = error
        self._position += size
        return size


class BlockSource:
    """Blocks whose failure is remembered: a library written in Rust keeps only its text."""

    def __init__(self, blocks: Iterable[TypedBlock], sink: Sink) -> None:
        self._blocks = blocks
        self._sink = sink
        self._error: BaseException | None = None

    def __iter__(self) -> Iterator[TypedBlock]:
        try:
            for block in self._blocks:
                if self._sink.error is not None:
                    return
                yield block
        except BaseException as error:
            self._error = error
            raise

    def reraise(self) -> None:
        """Raise what reading the blocks raised, if it did."""
        if self._error is not None:
            raise self._error from None
