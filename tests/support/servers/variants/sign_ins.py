"""Sign-ins of other shapes and rules."""

from glomex_cli.sandbox.variants.variant import SignIn, Variant
from support.servers.variants.case import SIGN_INS, Case

PLAIN_SESSION = {"session": "Session", "session_types": "type Session { access_token: String! }"}
_ONE_TYPE = {
    "session": "Session",
    "session_types": "type Session { access_token: String challenge_session: String }",
}


def _signed(name: str, slots: dict[str, str], rules: SignIn | None = None, **instead: int) -> Case:
    variant = Variant(name=f"sign-in-{name}", slots=slots, sign_in=rules or SignIn())
    codes = {command.replace("_", "-"): (code,) for command, code in instead.items()}
    return Case(kind=10, variant=variant, commands=SIGN_INS, instead=codes, lossy=tuple(codes))


_INTERFACE = {
    "session": "Signed",
    "session_types": (
        "interface Signed { kind: String }\n"
        "type Session implements Signed { kind: String access_token: String! }\n"
        "type SessionChallenge implements Signed { kind: String challenge_session: String! }"
    ),
}
_NOT_NULL = {**PLAIN_SESSION, "session": "Session!"}
CASES = (
    _signed("union", {}),
    _signed("plain", PLAIN_SESSION, login_mfa=4),
    _signed("plain-not-null", _NOT_NULL, login_mfa=4),
    _signed("one-type", _ONE_TYPE),
    _signed("one-type-null-token", _ONE_TYPE, SignIn(wrong="null-token")),
    _signed("null", _ONE_TYPE, SignIn(wrong="null")),
    _signed("interface", _INTERFACE),
    _signed("tenant-id", {"credentials": "login: ID!, password: String!, tenantId: ID!"}),
    _signed(
        "scalars",
        {
            "credentials": "login: Email!, password: Password!, tenantId: ID!",
            "types": "scalar Email scalar Password",
        },
    ),
    _signed("operation-name", {}, SignIn(wants_operation_name=True)),
    _signed("variables", {}, SignIn(wants_variables=True)),
    _signed("wrong-401", {}, SignIn(wrong="status-401")),
    _signed("wrong-401-page", {}, SignIn(wrong="html-401")),
    _signed("wrong-403", {}, SignIn(wrong="status-403")),
    _signed("challenge-in-error", PLAIN_SESSION, SignIn(challenge_in_error=True), login_mfa=4),
    Case(
        kind=10,
        variant=Variant(name="sign-in-down", sign_in=SignIn(is_down=True)),
        commands=("login", "login-mfa", "login-wrong"),
        instead={"*": (5,)},
        lossy=("login", "login-mfa", "login-wrong"),
    ),
)
