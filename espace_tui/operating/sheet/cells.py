r"""What spreadsheets and programs leave in cells: taken away, or refused when a number is lost.

>>> cleaned("\u200e06 39 98 12 34"), cleaned('="0639981234"'), cleaned("'+33639981234")
('06 39 98 12 34', '0639981234', '+33639981234')
>>> number("12345678.0"), number("1234567890,00")
('12345678', '1234567890')
>>> number("2,84059E+14")
Traceback (most recent call last):
    ...
espace_tui.operating.sheet.errors.BadCellError: cell.rounded
"""

from __future__ import annotations

import re
import unicodedata

from espace_tui.i18n.spelling import without_accents
from espace_tui.operating.sheet.errors import BadCellError

FORMULA = "=+-@\t\r＝＋－＠"
"""How a cell begins that a spreadsheet computes."""
_COMPUTED = frozenset(FORMULA)
_TEXT_FORMULA = re.compile('="([^"]*)"')
_WHOLE = re.compile(r"((?:[0-9][ \u00a0\u202f'’]?)+)[.,]0+")
_ROUNDED = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_CUT = re.compile("[1-9][0-9]{14}0{3,}")
"""Spreadsheets keep fifteen digits of a number, and write zeros for the others."""
_NOTHING = {
    *("nan", "null", "none", "nil", "undefined", "n a", "na", "nc", "nr", "ns", "vide", "empty"),
    *("neant", "aucun", "aucune", "sans", "non renseigne", "non renseignee", "non communique"),
    *("inconnu", "inconnue", "unknown", "pas de mail", "pas d email", "pas de telephone"),
}
_LONGEST_NOTHING = 30
_MARKS = re.compile("[^a-z0-9]+")


def cleaned(cell: str) -> str:
    """Return a cell without what nobody sees, nor what keeps a spreadsheet from computing it."""
    seen = cell if cell.isascii() else "".join(c for c in cell if unicodedata.category(c) != "Cf")
    seen = seen.strip()
    if seen[:1] == "'" and seen[1:].lstrip(" ")[:1] in (*FORMULA, ""):
        seen = seen[1:]
    as_text = _TEXT_FORMULA.fullmatch(seen) if seen[:1] == "=" else None
    return as_text[1] if as_text else seen


def without_formula(cell: str) -> str:
    """Return a cell that no spreadsheet computes; `cleaned` reads it back as it was."""
    return f"'{cell}" if cell.lstrip(" \u00a0\ufeff")[:1] in _COMPUTED else cell


def number(cell: str) -> str:
    """Return the digits of a number that a spreadsheet wrote; raises `BadCellError` if rounded."""
    if found := _WHOLE.fullmatch(cell):
        cell = found[1]
    if _ROUNDED.fullmatch(cell) or _CUT.fullmatch(cell):
        raise BadCellError("cell.rounded")
    return cell


def is_nothing(cell: str) -> bool:
    """Tell whether a cell says that there is nothing to say: « néant », "NULL", "-"."""
    if cell[:1].isdecimal() or len(cell) > _LONGEST_NOTHING:
        return False
    if not any(map(str.isalnum, cell)):
        return True
    if "@" in cell:
        return False
    return _MARKS.sub(" ", without_accents(cell.casefold())).strip() in _NOTHING
