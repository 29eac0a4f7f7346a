"""MFA codes as people type them. No effects."""

import re
import unicodedata

from glomex_cli.errors import UsageError

_LONGEST_PASTE = 64
_BETWEEN_DIGITS = re.compile(r"[\s\u2010-\u2015-]+")  # blanks, and dashes as word processors write
_DIGITS = re.compile(r"[0-9]{6,8}")


def parse_code(text: str) -> str:
    """Give the digits of a code typed with blanks, dashes or full-width digits.

    Raises UsageError for what is no code (RFC 4226, section 5.3: six to eight digits).

    >>> parse_code("123 456")
    '123456'
    """
    short = text.strip()[: _LONGEST_PASTE + 1]
    code = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", short))
    if len(short) > _LONGEST_PASTE or not _DIGITS.fullmatch(code):
        raise UsageError("an MFA code has six to eight digits", "type it as the app shows it")
    return code
