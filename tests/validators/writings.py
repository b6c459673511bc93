"""The ways a number is written: what stands between its groups, by hand or by a text processor."""

from __future__ import annotations

WRITINGS = {
    "together": "",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "narrow no-break spaces": "\u202f",
    "thin spaces": "\u2009",
    "zero-width spaces": "\u200b",
    "byte-order marks": "\ufeff",
    "points": ".",
    "middle points": "·",
    "hyphens": "-",
    "no-break hyphens": "\u2011",
    "dashes": "\u2013",
    "minus signs": "\u2212",
    "soft hyphens": "\u00ad",
    "spaced hyphens": " - ",
    "low lines": "_",
    "lines": "\r\n",
    "tabs": "\t",
}


def written(number: str, writing: str) -> str:
    """Return a number whose groups are apart by spaces, written otherwise."""
    return number.replace(" ", WRITINGS[writing])
