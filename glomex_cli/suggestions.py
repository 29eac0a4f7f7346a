"""Words a person typed: shown safely, and the known word they may have meant. No effects."""

from collections.abc import Iterable

_LONGEST = 40


def quoted(text: str) -> str:
    r"""Quote what was typed: cut after 40 characters, control characters escaped.

    >>> print(quoted("a\x1b[2J"))
    'a\x1b[2J'
    """
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, in any case, or None when none is like it.

    >>> closest("Video_Veiws", ["day", "video_views"])
    'video_views'
    """
    # Only a wrong word pays for this import.
    from difflib import get_close_matches

    names = {name.lower(): name for name in known}
    matches = get_close_matches(word[:_LONGEST].lower(), names, n=1)
    return names[matches[0]] if matches else None
