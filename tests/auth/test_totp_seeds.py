"""TOTP secrets are read as people get them, and never shown."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glomex_cli.auth.totp import Seed, code_at, parse_seed, parse_seed_uri, seed_uri
from glomex_cli.errors import StoreError, UsageError
from glomex_cli.models import Secret
from support.imports import run_bare

SHORT = "JBSWY3DPEHPK3PXP"
CANARY = "CANARY77BE"


GOOD = {
    "as it is": SHORT,
    "lower case": SHORT.lower(),
    "groups": "jbsw y3dp ehpk 3pxp",
    "dashes": "JBSW-Y3DP-EHPK-3PXP",
    "odd blanks": "\tJBSW\u00a0Y3DP\u2003EHPK\n3PXP \r\n",
    "word processor": "JBSW–Y3DP—EHPK_3PXP",
    "full width": "ＪＢＳＷＹ３ＤＰＥＨＰＫ３ＰＸＰ",
    "uri": f"otpauth://totp/Glomex:me%40x.de?secret={SHORT}&issuer=Glomex",
    "uri, spelled out": f"OTPAUTH://TOTP/x?issuer=a&SECRET={SHORT.lower()}"
    "&algorithm=sha-1&digits=6&period=30",
    "uri with blanks": "otpauth://totp/x?secret=JBSW+Y3DP%20EHPK-3PXP",
    "uri without label": f" otpauth://totp?secret={SHORT}\n",
    "uri as long as can be": f"otpauth://totp/?secret={SHORT}&issuer=".ljust(2048, "x"),
    "uri of 16 fields": f"otpauth://totp/x?secret={SHORT}&" + "&".join("abcdefghijklmno"),
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_seed_is_accepted_in_every_dress(text: str) -> None:
    assert parse_seed(text) == Seed(Secret(SHORT))


@pytest.mark.parametrize("length", [10, 11, 12, 13, 14, 16, 20, 32, 33, 64])
def test_padding_may_be_there_or_not(length: int) -> None:
    key = base64.b32encode(bytes(range(length))).decode()
    assert parse_seed(key) == parse_seed(key.rstrip("=")) == Seed(Secret(key.rstrip("=")))


def test_uri_carries_the_kind_of_code() -> None:
    uri = f"otpauth://totp/x?secret={SHORT}&digits=8&period=60&algorithm=SHA256"
    assert parse_seed(uri) == Seed(Secret(SHORT), 8, 60, "SHA256")


BAD = {
    "nothing": "",
    "blanks": " \n",
    "too short": CANARY,
    "cut": SHORT + "A",
    "cut group": SHORT + "ABC",
    "endless": CANARY * 30,
    "a megabyte": "A" * 1024 * 1024,
    "digit one": CANARY.replace("N", "1") + SHORT,
    "other characters": f"{CANARY}!{SHORT}",
    "hexadecimal": "deadbeef" * 4 + "0189",
    "padding inside": f"{CANARY}=={SHORT}",
    "not ASCII": f"{CANARY}Ü{SHORT}",
    "NUL": f"{CANARY}\0{SHORT}",
    "half a character": f"{CANARY}\ud800{SHORT}",
    "six digits": "123456",
    "by counter": f"otpauth://hotp/x?secret={SHORT}&counter={CANARY}",
    "other scheme": f"https://totp/{CANARY}?secret={SHORT}",
    "migration": f"otpauth-migration://offline?data={CANARY}",
    "no secret": f"otpauth://totp/{CANARY}",
    "empty secret": f"otpauth://totp/{CANARY}?secret=",
    "two secrets": f"otpauth://totp/x?secret={SHORT}&secret={CANARY}{SHORT}",
    "weak hash": f"otpauth://totp/{CANARY}?secret={SHORT}&algorithm=MD5",
    "odd hash": f"otpauth://totp/x?secret={SHORT}&algorithm={CANARY}",
    "five digits": f"otpauth://totp/{CANARY}?secret={SHORT}&digits=5",
    "nine digits": f"otpauth://totp/{CANARY}?secret={SHORT}&digits=9",
    "digits in words": f"otpauth://totp/x?secret={SHORT}&digits={CANARY}",
    "other digits": f"otpauth://totp/{CANARY}?secret={SHORT}&digits=\u0666",
    "no period": f"otpauth://totp/{CANARY}?secret={SHORT}&period=0",
    "short period": f"otpauth://totp/{CANARY}?secret={SHORT}&period=9",
    "long period": f"otpauth://totp/{CANARY}?secret={SHORT}&period=301",
    "negative period": f"otpauth://totp/{CANARY}?secret={SHORT}&period=-30",
    "endless period": f"otpauth://totp/{CANARY}?secret={SHORT}&period={'9' * 1900}",
    "broken host": f"otpauth://[{CANARY}?secret={SHORT}",
    "uri that is too long": f"otpauth://totp/{CANARY}?secret={SHORT}&issuer=".ljust(2049, "x"),
    "emptied field": f"otpauth://totp/{CANARY}?secret={SHORT}&digits=",
    "17 fields": f"otpauth://totp/{CANARY}?secret={SHORT}&" + "&".join("abcdefghijklmnop"),
    "many fields": f"otpauth://totp/{CANARY}?secret={SHORT}" + "&a=b" * 400,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_is_no_seed_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_seed(text)
    assert caught.value.message == "this is not a TOTP secret"
    assert caught.value.hint == "paste the whole secret: at least 16 characters of A-Z and 2-7"
    shown = repr([caught.value.args, caught.value.__context__])
    assert CANARY not in shown
    assert SHORT not in shown


@given(text=st.text() | st.text("otpauh:/?=&secrt27ABCD-% ").map(lambda t: "otpauth://totp" + t))
def test_any_text_is_a_seed_that_gives_codes_or_an_error(text: str) -> None:
    try:
        seed = parse_seed(text)
    except UsageError:
        return
    assert len(code_at(seed, datetime.now(UTC).timestamp()).digits) == seed.digits


@given(
    key=st.binary(min_size=10, max_size=64),
    digits=st.integers(6, 8),
    period_s=st.integers(10, 300),
    algorithm=st.sampled_from(["SHA1", "SHA256", "SHA512"]),
    cuts=st.lists(st.tuples(st.integers(0, 100), st.sampled_from(" -\t\n\u00a0")), max_size=20),
)
def test_spelling_never_changes_a_seed(
    key: bytes, digits: int, period_s: int, algorithm: str, cuts: list[tuple[int, str]]
) -> None:
    text = base64.b32encode(key).decode()
    spelled = text.lower()
    for place, blank in cuts:
        spelled = spelled[:place] + blank + spelled[place:]
    assert parse_seed(spelled) == parse_seed(text)
    seed = Seed(parse_seed(text).secret, digits, period_s, algorithm)
    assert parse_seed_uri(seed_uri(seed)) == seed


def test_kept_text_that_is_damaged_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        parse_seed_uri(seed_uri(parse_seed(SHORT)).replace("30", CANARY))
    assert caught.value.message == "the saved TOTP secret cannot be read"
    assert caught.value.hint == "glomex login --remember"
    assert CANARY not in repr([caught.value.args, caught.value.__context__])


def test_seed_is_shown_masked() -> None:
    assert SHORT not in f"{parse_seed(SHORT)} {parse_seed(SHORT)!r}"


def test_libraries_are_loaded_only_for_codes() -> None:
    program = (
        "import sys, glomex_cli.auth.totp as totp\n"
        "totp.parse_seed(sys.argv[1])\n"
        "assert not {'pyotp', 'hashlib', 'urllib.parse'} & set(sys.modules)\n"
    )
    run_bare(program, SHORT)
