"""Writing in an encoding that lacks some signs, in as many columns: frames stay where they are.

Each sign that the encoding lacks becomes the plain one that looks most like it. Elsewhere
(`i18n.ascii_fallback`) « … » may become three points; in a table of cells it must stay one column.

>>> "╭──╮ « œuf » 漢… ▌é".translate(Narrow("ascii"))
'+--+ " ouf " ??. |e'
>>> "┃ é ┃".translate(Narrow("iso-8859-1"))
'| é |'
"""

from __future__ import annotations

from unicodedata import name, normalize

from rich.cells import cell_len

ALIKE = {
    **dict.fromkeys("─━┄┅┈┉═╌╍╴╶╸╺▁▂▃▄▔▀‐‑‒–—―", "-"),
    **dict.fromkeys("│┃║▌▐▏▕╎╏", "|"),
    **dict.fromkeys("█▇▆▅▓▒░■", "#"),
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("‘’‚", "'"),
    **dict.fromkeys("•●◉∙◆◇★○", "*"),
    **dict.fromkeys("✓✔✗✘×", "x"),
    **dict.fromkeys("▶►▸→", ">"),
    **dict.fromkeys("◀◄◂←", "<"),
    "…": ".",
    "œ": "o",
    "Œ": "O",
    "€": "E",
}


class Narrow(dict[int, str]):
    """A table for `str.translate`, filled with the signs that it meets."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    def __missing__(self, code: int) -> str:
        """Return what stands for a sign, and remember it."""
        self[code] = plain = _plain(chr(code), self._encoding)
        return plain


def _plain(sign: str, encoding: str) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        width = cell_len(sign)
        corner = "+" if name(sign, "").startswith("BOX DRAWINGS") else ""
        letters = normalize("NFKD", sign).encode("ascii", "ignore").decode()
        return (ALIKE.get(sign) or corner or letters or "?" * width)[:width].ljust(width)
    return sign
