"""The settings: which file, which profile, which endpoint."""

from glomex_cli.cli.doctor.finding import Verdict, fine
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.config.profiles import CONFIG_FILE


def look_at_settings(subject: Subject) -> Verdict:
    """Say what holds for this run; raises what is wrong with it."""
    settings = subject.connection.settings
    file = settings.folder / CONFIG_FILE
    source = f"settings in {file}" if file.exists() else f"no settings yet in {file}"
    return fine(f"profile {settings.profile} at {settings.endpoint.name}, {source}")
