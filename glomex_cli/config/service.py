"""The services there are, and what holds for each where nothing else is said."""

from enum import StrEnum
from typing import NamedTuple

from glomex_cli.config.defaults import DEFAULT_ENDPOINT, DEFAULT_PROFILE, MUX_ENDPOINT
from glomex_cli.models import ReportKind


class ServiceName(StrEnum):
    """The services that can be asked: the values of `--service`."""

    GLOMEX = "glomex"
    MUX = "mux"


class ServiceDefaults(NamedTuple):
    """Where a service is, which profile is its own, and whose reports are asked for."""

    endpoint: str
    profile: str
    kind: ReportKind


DEFAULTS = {
    ServiceName.GLOMEX: ServiceDefaults(
        DEFAULT_ENDPOINT, DEFAULT_PROFILE, ReportKind.CONTENT_OWNER
    ),
    ServiceName.MUX: ServiceDefaults(MUX_ENDPOINT, "mux", ReportKind.DATA),
}
