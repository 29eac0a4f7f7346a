"""MFA codes as people type them. No effects."""

import re
import unicodedata

from glomex_cli.errors import UsageError

_BETWEEN_DIGITS = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"[0-9]{6,8}")


def parse_code(text: str) -> str:
    """Give the digits of a code typed with blanks, dashes or full-width digits.

    Raises UsageError for what is no code (RFC 4226, section 5.3: six to eight digits).

    >>> parse_code("123 456")
    '123456'
    """
    code = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", text[:64]))
    if not _DIGITS.fullmatch(code):
        raise UsageError("an MFA code has six to eight digits", "type it as the app shows it")
    return code
