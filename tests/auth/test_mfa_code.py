"""What people type as an MFA code becomes its digits, or is asked again: never half of it."""

import pytest

from glomex_cli.auth.mfa import parse_code
from glomex_cli.errors import UsageError

pytestmark = pytest.mark.fault("F49")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        ("000000", "000000"),
        ("1234567", "1234567"),
        ("12345678", "12345678"),
        ("123 456", "123456"),
        ("123-456", "123456"),
        ("123–456", "123456"),
        ("123\N{NO-BREAK SPACE}456", "123456"),
        ("123\N{NON-BREAKING HYPHEN}456", "123456"),
        ("1 2 3 4 5 6", "123456"),
        ("  123456\n", "123456"),
        ("123456\r\n", "123456"),
        ("\t123456", "123456"),
        ("１２３４５６", "123456"),
        ("１２３　４５６", "123456"),
        ("𝟏𝟐𝟑𝟒𝟓𝟔", "123456"),
    ],
)
def test_code_is_taken_however_it_is_grouped(typed: str, code: str) -> None:
    assert parse_code(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "12345", "123456789", "12345a", "o12345", "123.456", "123,456", "+123456",
        "0x1234", "١٢٣٤٥٦", "१२३४५६", "123456\0", "\x1b[A123456", "\x1b[200~123456\x1b[201~",
        "123456\x7f", "123456\u200b", "\ud800123456", "Ⅻ12345", "½12345",
        "1" * 1_000_000, " " * 1_000_000, "123456" + " " * 99 + "7", "123456" + " " * 10**6 + "x",
    ],
    ids=lambda text: ascii(text[:20]),
)  # fmt: skip
def test_what_is_no_code_is_refused_unquoted(typed: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_code(typed)
    assert caught.value.message == "an MFA code has six to eight digits"
    assert caught.value.hint
