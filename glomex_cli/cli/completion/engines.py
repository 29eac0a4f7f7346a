"""The parts of the scripts that are the same whatever the commands: files beside this one."""

from importlib.resources import files


def engine(file: str) -> str:
    """Give the text of such a part; a comment in it marks where the facts go."""
    return files("glomex_cli.cli.completion").joinpath(file).read_text("utf-8")
