"""What holds where neither option, environment nor profile says anything, for each service."""

from enum import StrEnum
from typing import NamedTuple

from glomex_cli.models import ReportKind

DEFAULT_ENDPOINT = "https://graphql.glomex.com/v1"
MUX_ENDPOINT = "https://api.mux.com"
DEFAULT_PROFILE = "default"
DEFAULT_TIMEOUT_S = 30.0


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
