"""A chart as an SVG image of what the terminal shows; rich is imported when it is asked for."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Final

from glomex_cli.terminal.sanitize import clean

# rich's own template loads a font from the net; this one takes what the reader's system has.
_TEMPLATE: Final = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
}}
.{unique_id}-title {{ font: bold 18px sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def to_svg(ansi_text: str, *, title: str, width: int) -> str:
    """Return a drawn chart as an SVG, `width` columns wide, that loads nothing from elsewhere.

    The same text and title give the same image.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(
        record=True,
        file=io.StringIO(),
        width=width,
        color_system="truecolor",
        force_terminal=True,
        legacy_windows=False,
        _environ={},
    )
    console.print(Text.from_ansi(ansi_text), soft_wrap=True)
    name = sha256(f"{title}\n{ansi_text}".encode(errors="backslashreplace")).hexdigest()
    return console.export_svg(
        title=clean(title), code_format=_TEMPLATE, unique_id=f"chart-{name[:12]}"
    )
