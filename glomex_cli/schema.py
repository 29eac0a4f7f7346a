"""What reports an account can ask for, whichever service says so. No effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from glomex_cli.models import ReportKind


@dataclass(frozen=True, slots=True)
class ReportSchema:
    """One kind of report. Mappings give the type of each name, as the service calls it.

    `labels` are fields of a row that are no numbers, such as titles. `parts` lists, for a
    dimension that is an object in a row, its scalar fields.
    """

    dimensions: tuple[str, ...]
    metrics: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    filters: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Schema:
    """The reports of one endpoint. A kind that is missing cannot be asked for."""

    reports: Mapping[ReportKind, ReportSchema]
