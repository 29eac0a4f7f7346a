"""The sandbox's sessions: who gets in, what a token is good for, and what is refused."""

import jwt
import pytest
from pyotp import parse_uri

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import (
    OWNER_LOGIN,
    ROBOT_LOGIN,
    SANDBOX_LOGIN,
    SANDBOX_TOTP_SEED,
    SIGNING_KEY,
    announce,
)
from support.servers.sandbox_client import SandboxClient, refusal_of, rows_of

DAYS = ("2026-11-20", "2026-11-22")


def test_login_without_mfa_gets_a_session_at_once() -> None:
    answer = SandboxClient().sign_in(ROBOT_LOGIN)
    assert answer["data"]["createSession"]["__typename"] == "Session"
    assert "errors" not in answer


def test_login_may_be_written_in_capitals() -> None:
    assert "errors" not in SandboxClient().sign_in(ROBOT_LOGIN.upper())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"login": "nobody@glomex.example"}, "Login or password is wrong."),
        ({"login": ""}, "Login or password is wrong."),
        ({"password": "hunter2"}, "Login or password is wrong."),
        ({"password": ""}, "Login or password is wrong."),
        ({"password": "sandbox-only "}, "Login or password is wrong."),
        ({"password": "sändbox-only"}, "Login or password is wrong."),
        ({"tenant": "t-other"}, "This login does not belong to the tenant."),
    ],
)
def test_wrong_credentials_are_refused(wrong: dict[str, str], message: str) -> None:
    client = SandboxClient()
    assert refusal_of(client.sign_in(**wrong)) == ("UNAUTHENTICATED", message)


def test_refused_sign_in_is_http_200() -> None:
    response = SandboxClient().post(
        'mutation { createSession(login: "a", password: "b", tenantId: "c") { __typename } }'
    )
    assert response.status_code == 200


def test_session_is_a_jwt_of_one_hour_that_names_login_and_tenant() -> None:
    client = SandboxClient()
    claims = jwt.decode(client.token(), options={"verify_signature": False})
    assert claims["iat"] == int(client.clock.at.timestamp())
    assert claims["exp"] - claims["iat"] == 3600
    assert (claims["sub"], claims["tenant"]) == (ROBOT_LOGIN, "t-sandbox")


def test_token_of_one_sandbox_is_good_at_another() -> None:
    token = SandboxClient().token()
    assert rows_of(SandboxClient().report("day", *DAYS, token=token))


def test_no_two_tokens_are_the_same() -> None:
    client = SandboxClient()
    assert client.token() != client.token()


@pytest.mark.parametrize(("seconds", "is_good"), [(3599, True), (3600, False), (10**8, False)])
def test_token_expires_after_an_hour(seconds: int, *, is_good: bool) -> None:
    client = SandboxClient()
    token = client.token()
    client.clock.wait(seconds)
    answer = client.report("day", *DAYS, token=token)
    if is_good:
        assert rows_of(answer)
    else:
        assert refusal_of(answer) == ("UNAUTHENTICATED", "The access token has expired.")


def test_token_expires_as_fast_as_the_sandbox_is_told() -> None:
    client = SandboxClient(SandboxOptions(token_life_s=2))
    token = client.token()
    client.clock.wait(2)
    assert refusal_of(client.report("day", *DAYS, token=token))[1].endswith("expired.")


@pytest.mark.parametrize(
    "authorization",
    ["Bearer nonsense", "Bearer ", "Basic cm9ib3Q6cm9ib3Q=", "Bearer a.b.c", "nonsense", "Bearer"],
)
def test_bad_token_is_refused(authorization: str) -> None:
    client = SandboxClient()
    response = client.http.post(
        "/v1",
        json={
            "query": "{ contentOwnerAnalyticsReport(dimensions: [day], "
            'from: "2026-11-20", to: "2026-11-22") { rows { day } } }'
        },
        headers={"Authorization": authorization},
    )
    assert response.status_code == 200
    assert refusal_of(response.json()) == ("UNAUTHENTICATED", "The access token is not valid.")


def test_report_without_a_token_says_how_to_send_one() -> None:
    client = SandboxClient()
    answer = client.ask(
        "{ publisherAnalyticsReport(dimensions: [day], "
        'from: "2026-11-20", to: "2026-11-22") { rows { day } } }'
    )
    code, message = refusal_of(answer)
    assert code == "UNAUTHENTICATED"
    assert "Authorization: Bearer" in message


def test_token_with_another_signature_or_purpose_is_refused() -> None:
    client = SandboxClient()
    claims = jwt.decode(client.token(), options={"verify_signature": False})
    forged = jwt.encode(claims, b"another key that is long enough for its purpose", "HS256")
    for token in (forged, client.challenge()):
        assert refusal_of(client.report("day", *DAYS, token=token))[0] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "claims", [{"exp": "soon"}, {"exp": None}, {"tenant": 1}, {"jti": None}, {"sub": "nobody"}]
)
def test_token_that_is_signed_but_odd_is_refused(claims: dict[str, object]) -> None:
    client = SandboxClient()
    good = jwt.decode(client.token(), options={"verify_signature": False})
    odd = jwt.encode(good | claims, SIGNING_KEY, "HS256")
    answer = client.report("day", *DAYS, token=odd)
    assert refusal_of(answer) == ("UNAUTHENTICATED", "The access token is not valid.")


def test_account_without_the_publisher_right_is_forbidden_that_report_only() -> None:
    client = SandboxClient()
    token = client.token(OWNER_LOGIN)
    assert rows_of(client.report("day", *DAYS, token=token))
    answer = client.report("day", *DAYS, kind="publisher", token=token)
    assert refusal_of(answer) == ("FORBIDDEN", "This login may not see publisher reports.")


def test_what_is_announced_opens_the_sandbox() -> None:
    told = dict(announce("http://127.0.0.1:8080/v1"))
    assert told["URL"] == "http://127.0.0.1:8080/v1"
    client = SandboxClient()
    answer = client.sign_in(told["login"], password=told["password"], tenant=told["tenant"])
    assert answer["data"]["createSession"]["__typename"] == "SessionChallenge"


def test_announced_uri_holds_the_seed_as_authenticator_apps_read_it() -> None:
    totp = parse_uri(dict(announce(""))["otpauth URI"])
    assert (totp.secret, totp.name) == (SANDBOX_TOTP_SEED, SANDBOX_LOGIN)
    assert totp.issuer == "glomex sandbox"
    assert len(SANDBOX_TOTP_SEED) == 32
