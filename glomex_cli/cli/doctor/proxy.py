"""The proxy before the endpoint, as the environment names it."""

from glomex_cli.cli.doctor.finding import Verdict, fine, skipped
from glomex_cli.cli.doctor.subject import Subject


def look_at_proxy(subject: Subject) -> Verdict:
    """Say which proxy is in force, without user and password; raises where one is no address."""
    endpoint = subject.connection.settings.endpoint
    if not endpoint.is_encrypted:
        return skipped("not used: the endpoint is on this machine")
    from glomex_cli.http.proxies import proxy_before

    proxy = proxy_before(endpoint, subject.connection.runtime.environ)
    if proxy is None:
        return fine(f"none before {endpoint.host}")
    return fine(f"{proxy.shown} before {endpoint.host}, from {proxy.source}")
