"""Chance without memory: numbers that look drawn by lot but follow from what they are drawn for."""

from hashlib import blake2b


def draw(occasion: bytes) -> list[float]:
    """Draw four numbers from 0 to 1; the same occasion always draws the same.

    >>> draw(b"monday") == draw(b"monday") != draw(b"tuesday")
    True
    """
    return [byte / 255 for byte in blake2b(occasion, digest_size=4).digest()]
