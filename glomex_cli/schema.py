"""What reports an account can ask for, whichever service says so. No effects."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from glomex_cli.models import NO_NAMES, ReportKind

NO_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class ReportSchema(NamedTuple):
    """One kind of report. Mappings give the type of each name, as the service calls it.

    `labels` are fields of a row that are no numbers, such as titles. `parts` lists, for a
    dimension that is an object in a row, its scalar fields.
    """

    dimensions: tuple[str, ...]
    metrics: Mapping[str, str]
    labels: Mapping[str, str] = NO_NAMES
    filters: Mapping[str, str] = NO_NAMES
    parts: Mapping[str, tuple[str, ...]] = NO_PARTS


class Schema(NamedTuple):
    """The reports of one endpoint. A kind that is missing cannot be asked for."""

    reports: Mapping[ReportKind, ReportSchema]
