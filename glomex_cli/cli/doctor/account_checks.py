"""Check the account: whose sign-in, for how long, and whether the cached schema still holds."""

from datetime import datetime

from glomex_cli.auth.account import Account
from glomex_cli.auth.renewal import Sessions
from glomex_cli.auth.session import SignIn
from glomex_cli.cli.doctor.finding import Subject, Verdict, doubtful, fine, masked, skipped
from glomex_cli.dates.calendar import counted
from glomex_cli.models import ReportKind, Schema
from glomex_cli.services.cache import Learned


def look_at_sign_in(subject: Subject) -> Verdict:
    """Check who is signed in; SignInError where nobody is, or the session has expired."""
    context = subject.context
    if context.account.given_token:
        context.account.checked_token()
        return fine(f"{_source(context.account)} is used as it is")
    found = subject.of_store(lambda: context.sessions.kept)
    if context.sessions.is_public:
        return fine("not needed: the sandbox uses its public account")
    if subject.token is None and _can_sign_in(context.sessions):
        return fine("not yet: the next command signs in with GLOMEX_PASSWORD")
    context.sessions.check()
    if not found:
        return fine("")
    renews = context.account.service.renews
    return fine(_words(found, context.runtime.now(), renews=renews))


def _source(account: Account) -> str:
    source = account.token_source
    return f"the token of {source}" if source.isupper() else source


def _can_sign_in(sessions: Sessions) -> bool:
    account = sessions.account
    who = sessions.kept or account.settings
    return bool(who.login and who.tenant and account.given_password)


def _words(found: SignIn, now: datetime, *, renews: bool) -> str:
    if not renews:
        return f"token {masked(found.login)} of {found.tenant}, does not expire"
    who = f"{masked(found.login)} of tenant {masked(found.tenant)}"
    minutes = found.minutes_left(now)
    renewal = "then renewed automatically" if found.can_renew else "not renewed after that"
    if minutes is None:
        return f"{who}, until the service revokes it, {renewal}"
    if minutes == 0:
        return f"{who}, expired, renewed automatically by the next command"
    return f"{who}, {minutes} minute{'' if minutes == 1 else 's'} left, {renewal}"


def look_at_schema(subject: Subject) -> Verdict:
    """Ask for the schema, and count; nothing of the answer is kept."""
    token = subject.token
    if token is None:
        return skipped("no token yet")
    known = subject.context.cache.learned
    asked = subject.forgetful().account.service.schema(token)
    if asked is None:
        return doubtful("not published by the service: names are sent as typed")
    text = f"{_counts(asked)}; {_age(known)}"
    if known.schema and known.schema != asked:
        return doubtful(f"{text}, and has changed", "glomex schema --refresh")
    return fine(text)


def look_at_learned(subject: Subject) -> Verdict:
    """Return what answers have taught of the endpoint, and since when that is known."""
    learned = subject.context.cache.learned
    told = [
        f"{kind}: {', '.join(words)}" for kind in ReportKind if (words := _lessons(learned, kind))
    ]
    if learned.refused_at:
        told.append(f"the schema was refused ({_when(learned.refused_at)})")
    if not told:
        return fine("empty: the first report fetches what it needs")
    return fine(f"{'; '.join(told)}; to update: glomex schema --refresh")


def _lessons(learned: Learned, kind: ReportKind) -> list[str]:
    """Return in words how a report reads `to`, where its rows are, and how it is paged."""
    words = list[str]()
    reading, shape = learned.reading(kind), learned.shapes.get(kind)
    if reading.includes_to is not None:
        counts = "counts" if reading.includes_to else "does not count"
        words.append(f"the day given as `to` {counts} ({_when(reading.at)})")
    if reading.longest:
        words.append(f"at most {counted(reading.longest, 'day')} at once")
    if shape and shape.unknown:
        words.append(f"an unknown structure: {shape.unknown}")
    elif shape:
        place = ".".join(filter(None, (shape.rows, shape.node))) or "the answer itself"
        since = f" ({_when(learned.schema_at)})" if learned.schema_at else ""
        words.append(f"rows in {place}{since}")
        words.append(f"pages by {shape.paging.argument}" if shape.paging.style else "no pages")
    return words


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _counts(schema: Schema) -> str:
    return ", ".join(
        f"{kind}: {len(each.dimensions)} dimensions and {len(each.metrics)} metrics"
        for kind, each in schema.reports.items()
    )


def _age(known: Learned) -> str:
    if known.schema is None or known.schema_at is None:
        return "not cached"
    return f"cached since {_when(known.schema_at)}"
