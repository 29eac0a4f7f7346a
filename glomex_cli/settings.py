"""What a command works with, from its options, the environment and the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from glomex_cli.endpoint import DEFAULT_ENDPOINT, Endpoint, parse_endpoint
from glomex_cli.terminal import ColorChoice

DEFAULT_PROFILE = "default"
DEFAULT_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Flags:
    """The options every command that talks to the service has; None where not given.

    Typer has put the environment's values in already, where there is a variable for one.
    """

    profile: str | None = None
    endpoint: str | None = None
    timeout: float = DEFAULT_TIMEOUT_S
    verbose: bool = False
    quiet: bool = False
    color: ColorChoice = ColorChoice.AUTO
    no_input: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one run."""

    profile: str
    endpoint: Endpoint
    folder: Path


def resolve(flags: Flags, environ: Mapping[str, str]) -> Settings:
    """Give the settings of a run; raises ConfigurationError for what cannot be used."""
    return Settings(
        profile=flags.profile or DEFAULT_PROFILE,
        endpoint=parse_endpoint(flags.endpoint or DEFAULT_ENDPOINT),
        folder=config_folder(environ),
    )


def cache_folder() -> Path:
    """Give the folder of what can be learnt again, where the system keeps such things."""
    import platformdirs

    return platformdirs.user_cache_path("glomex", appauthor=False)


def config_folder(environ: Mapping[str, str]) -> Path:
    """Give the folder of settings and of the file store: GLOMEX_CONFIG_DIR, else the system's."""
    if named := environ.get("GLOMEX_CONFIG_DIR"):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("glomex", appauthor=False)
