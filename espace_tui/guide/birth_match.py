"""Whether a birth date and a NIR tell of the same month: a slip is seen before the site refuses it.

The second and third groups of a NIR are the year and month of birth. For a child the addressee's
number stands beside the child's date, so a difference is normal; an unknown month (20 and more)
says nothing.

    >>> from datetime import date
    >>> found = compare(date(1955, 5, 14), "255081416802538")
    >>> found.values["nir_month"].id, found.values["date_month"].id
    ('month.8', 'month.5')
    >>> compare(date(1955, 8, 14), "255081416802538") is None
    True
"""

from __future__ import annotations

from datetime import date

from espace_tui.i18n import Text

_MONTHS = range(1, 13)


def compare(birth_date: date, nir: str, *, for_child: bool = False) -> Text | None:
    """Return what to read again when a clean NIR and a date differ; nothing when they agree."""
    year, month = nir[1:3], nir[3:5]
    if not (year + month).isdigit():
        return None
    known = int(month) in _MONTHS
    if year == f"{birth_date.year % 100:02}" and (not known or int(month) == birth_date.month):
        return None
    values: dict[str, object] = {
        "nir_month": Text(f"month.{int(month)}") if known else Text("birth_match.no-month"),
        "nir_year": _nearest(birth_date.year, int(year)),
        "date_month": Text(f"month.{birth_date.month}"),
        "date_year": birth_date.year,
    }
    return Text("birth_match.child" if for_child else "birth_match.differs", values)


def _nearest(year: int, ending: int) -> int:
    """Return the year nearest to another that ends with two digits: a NIR has no more of them."""
    century = year - year % 100
    return min((century + shift + ending for shift in (-100, 0, 100)), key=lambda y: abs(y - year))
