"""The schema: what the account may ask for, and whether what is remembered of it still holds."""

from glomex_cli.cli.doctor.finding import Verdict, doubtful, fine, skipped
from glomex_cli.cli.doctor.subject import Subject
from glomex_cli.schema import Schema
from glomex_cli.services.cache import Learnt


def look_at_schema(subject: Subject) -> Verdict:
    """Ask for the schema, and count; nothing of the answer is kept."""
    token = subject.token
    if token is None:
        return skipped("no token to ask with yet")
    known = subject.connection.memory.learnt
    asked = subject.forgetful().service.schema(token)
    if asked is None:
        return doubtful("the service does not tell it: names are sent as they are typed")
    text = f"{_counts(asked)}; {_age(known)}"
    if known.schema and known.schema != asked:
        return doubtful(f"{text}, and has changed", "glomex schema --refresh")
    return fine(text)


def _counts(schema: Schema) -> str:
    return ", ".join(
        f"{kind}: {len(each.dimensions)} dimensions and {len(each.metrics)} metrics"
        for kind, each in schema.reports.items()
    )


def _age(known: Learnt) -> str:
    if known.schema is None or known.schema_at is None:
        return "not cached"
    return f"cached since {known.schema_at.astimezone():%Y-%m-%d %H:%M}"
