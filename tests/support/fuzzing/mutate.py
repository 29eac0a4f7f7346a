"""Inputs that grew out of others by accident: a plain fuzzer for where Atheris is missing."""

from collections.abc import Iterator, Sequence
from random import Random

_LONGEST = 400
_MOST_CHANGES = 4
_ODD = b"\x00\x09\x0a\x0d\x1b\"',;.-+=@\\{[]}0919eE\x7f\x80\x9b\xc2\xe2\xed\xff"


def mutations(seeds: Sequence[bytes], words: Sequence[bytes], random: Random) -> Iterator[bytes]:
    """Return `seeds` first, then inputs without end that are a few random changes away from one.

    A change flips, cuts, repeats, joins, or puts in one of `words`: what the format is made of.
    """
    yield from seeds
    while True:
        data = random.choice(seeds)
        for _ in range(random.randint(1, _MOST_CHANGES)):
            data = _changed(data, random.choice(seeds), random.choice(words), random)
        yield data[:_LONGEST]


def _changed(data: bytes, other: bytes, word: bytes, random: Random) -> bytes:
    start, end = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    new = random.choice(
        (
            b"",
            word,
            word,
            bytes([random.randrange(256)]),
            bytes([random.choice(_ODD)]),
            data[start:end] * random.randint(1, 3),
            other[random.randint(0, len(other)) :],
        )
    )
    replaced = start if random.random() < 0.5 else min(end, start + random.randint(0, 4))
    return data[:start] + new + data[replaced:]
