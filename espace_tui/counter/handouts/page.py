"""The sheet as a page to print, or as a text: the same bytes each time.

The page needs nothing from elsewhere: its style, and the QR code of the one constant address, are
in it. The second language stands under each line of the first.
"""

from __future__ import annotations

from html import escape
from itertools import zip_longest
from textwrap import wrap

import segno

from espace_tui.counter.handouts.sheets import SITE, Sheet

COLUMNS = 30
"""Cells of a line of Braille on A4."""
_BLANK = "…"
_STYLE = """
@page { size: A4; margin: 14mm }
html { background: #fff; color: #000 }
body { font: 20pt/1.35 "Atkinson Hyperlegible", Verdana, "DejaVu Sans", sans-serif; margin: 0 auto;
  max-width: 182mm; text-align: start }
h1 { font-size: 26pt; margin: 0 0 6mm; border-bottom: 1mm solid #000 }
h1 [lang] { display: block; font-size: 20pt }
p { margin: 0 0 1mm; break-inside: avoid }
p:not(:last-child), h1 { break-after: avoid }
p.other { margin: 0; font-size: 18pt; border-inline-start: 1mm solid #000;
  padding-inline-start: 3mm }
section { margin: 0 0 5mm; break-inside: avoid }
.blank { display: inline-block; min-width: 38mm; border-bottom: .5mm solid #000 }
.blank:only-child { min-width: 90mm; line-height: 2 }
.note { font-size: 14pt }
svg { display: block; width: 38mm; height: 38mm; margin: 2mm 0 }
@media screen { body { padding: 8mm } }
"""


def as_page(sheet: Sheet, other: Sheet | None = None) -> str:
    """Return the sheet as an HTML page; `other` is the same sheet in a second language."""
    title, second = escape(sheet.title), ""
    if other:
        second = f"<span {_language(other)}>{escape(other.title)}</span>"
    noted = [each for each in (sheet, other) if each and each.note]
    body = [
        f"<h1>{title}{second}</h1>",
        *(_section(sheet, other, number) for number in range(len(sheet.lines))),
        *(f'<p class="note" {_language(each)}>{escape(each.note)}</p>' for each in noted),
    ]
    head = (
        f'<!doctype html>\n<html {_language(sheet)}>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return head + "\n".join(body) + "\n</main>\n</body>\n</html>\n"


def as_text(sheet: Sheet, other: Sheet | None = None) -> str:
    """Return the sheet as lines of at most `COLUMNS` characters, a blank one between ideas."""
    pairs = zip_longest(
        (sheet.title, *sheet.lines, sheet.note),
        (other.title, *other.lines, other.note) if other else (),
        fillvalue="",
    )
    ideas = ["\n".join(_wrapped(each) for each in pair if each) for pair in pairs]
    return "\n\n".join(idea for idea in ideas if idea) + "\n"


def _section(sheet: Sheet, other: Sheet | None, number: int) -> str:
    lines = [f"<p>{_line(sheet.lines[number])}</p>"]
    if other:
        lines.append(f'<p class="other" {_language(other)}>{_line(other.lines[number])}</p>')
    if number == sheet.site_line:
        lines.append(_qr_code(sheet.lines[number]))
    return "<section>" + "".join(lines) + "</section>"


def _language(sheet: Sheet) -> str:
    return f'lang="{sheet.language}" dir="{sheet.direction}"'


def _line(text: str) -> str:
    return escape(text).replace(_BLANK, '<span class="blank">&nbsp;</span>')


def _qr_code(title: str) -> str:
    code = segno.make(SITE, error="m", micro=False)
    return str(code.svg_inline(scale=1, border=4, omitsize=True, title=title, svgclass=None))


def _wrapped(text: str) -> str:
    plain = text.replace("☐", "[ ]").replace(_BLANK, "__________")
    return "\n".join(wrap(plain, COLUMNS, break_on_hyphens=False))
