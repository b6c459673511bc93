"""Files of people, as spreadsheets export them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.people import someone

FRENCH = "Prénom;Nom;Date de naissance;NIR;Type de carte;N° de série;E-mail;Mobile;Langue"


def row(number: int, **other: str) -> dict[str, str]:
    """Return the cells of one of many people, some of them otherwise."""
    person = someone(number)
    cells = {
        "first_name": f"Zoé{number}",
        "last_name": "D’Été",
        "birth_date": "03/05/1984",
        "nir": person.nir,
        "card_kind": "avec photo",
        "card_serial": "12345678901",
        "email": person.email or "",
        "mobile": "",
        "language": "fr",
    }
    return cells | other


def text(rows: Sequence[dict[str, str]], sign: str = ";", header: str = FRENCH) -> str:
    """Return a file of people."""
    lines = [header.replace(";", sign), *(sign.join(cells.values()) for cells in rows)]
    return "".join(f"{line}\r\n" for line in lines)


def file(
    folder: Path, rows: Sequence[dict[str, str]], sign: str = ";", encoding: str = "utf-8"
) -> Path:
    """Write a file of people."""
    path = folder / "people.csv"
    path.write_bytes(text(rows, sign).encode(encoding))
    return path
