"""A drawn picture on its way out. Light: drawing the numbers on stdin needs nothing else."""

from collections.abc import Sequence

from glomex_cli.charts.sparkline.draw import Picture
from glomex_cli.cli.context import Connection


def show(connection: Connection, picture: Picture, notes: Sequence[str] = ()) -> None:
    """Write a picture to stdout, and what has to be said about it to stderr."""
    connection.runtime.stdout.write("".join(f"{line}\n" for line in picture.lines))
    for note in (*notes, *picture.notes):
        connection.say(note)
