"""Query and plot Glomex video analytics; the command is `glomex`."""

__version__ = "0.1.0"
