"""The titles of columns as people write them: known, or told; never dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.operating.columns import column_of, parse_person
from espace_tui.operating.csv_file import open_people_file
from tests.operating.program import Operator
from tests.operating.sheets import FRENCH, row, text


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Date de naissance (jj/mm/aaaa)*", "birth_date"),
        ("Né(e) le", "birth_date"),
        ("Clé", "nir_key"),
        ("Clé NIR", "nir_key"),
        ("Clé N° Sécurité sociale", "nir_key"),
        ("Clé de contrôle", "nir_key"),
        ("Clef de contrôle du NIR", "nir_key"),
        ("cleNir", "nir_key"),
        ("dateNaissance", "birth_date"),
        ("numSecu", "nir"),
        ("N° S.S.", "nir"),
        ("N.I.R.", "nir"),
        ("Nom de jeune fille", "last_name"),
        ("1er prénom", "first_name"),
        ("Modèle de carte", "card_kind"),
        ("Langue de correspondance", "language"),
        ("eMail", "email"),
        ("DDN", "birth_date"),
        ("Tel", "mobile"),
        ("Tél. mobile", "mobile"),
        ("Téléphone portable", "mobile"),
        ("Numéro de téléphone", "mobile"),
        ("Téléphone fixe", ""),
        ("Tél. personne à prévenir", ""),
        ("mail individu", "email"),
        ("Adresse mail", "email"),
        ("Adresse", ""),
        ("N° Sécurité sociale", "nir"),
        ("Numéro de sécurité sociale (15 chiffres) *", "nir"),
        ("N°SS", "nir"),
        ("NIR de l’assuré", "nir"),
        ("NIR ouvrant droit", ""),
        ("Prénom(s)", "first_name"),
        ("PRÉNOMS", "first_name"),
        ("Nom d’usage", "last_name"),
        ("first_name", "first_name"),
        ("N° de série de la carte Vitale", "card_serial"),
        ("Type de carte Vitale", "card_kind"),
        ("Lieu de naissance", ""),
    ],
)
def test_a_title_is_known_however_it_is_written(title: str, column: str) -> None:
    assert column_of(title) == column


def test_of_two_titles_for_one_column_the_preferred_one_is_read_first(tmp_path: Path) -> None:
    header = (
        FRENCH.replace("Langue", "Tel").replace("Mobile", "Téléphone portable") + ";Ville;Ville"
    )
    rows = [row(1, mobile="0639981234", language="0639980000"), row(2, language="0639980000")]
    path = tmp_path / "people.csv"
    path.write_bytes(text(rows, header=header).encode())
    sheet = open_people_file(path)
    assert [parse_person(line.cells).mobile for line in sheet.lines(sheet.start)] == [
        "+33639981234",
        "+33639980000",
    ]
    assert sheet.header.ignored == ("Ville", "Ville")
    assert sheet.header.seconds == (("Tel", "Téléphone portable"),)
    titles = [sheet.header.title("mobile", line.row) for line in sheet.lines(sheet.start)]
    assert titles == ["Téléphone portable", "Tel"]
    assert sheet.header.title("mobile") == "Téléphone portable"
    assert sheet.header.title("") == ""


def test_the_preferred_title_is_read_first_wherever_it_stands(tmp_path: Path) -> None:
    header = FRENCH.replace("Mobile", "Tel").replace("Langue", "Téléphone portable")
    path = tmp_path / "people.csv"
    path.write_text(text([row(1, mobile="0639980000", language="0639981234")], header=header))
    sheet = open_people_file(path)
    [line] = sheet.lines(sheet.start)
    assert parse_person(line.cells).mobile == "+33639981234"


def test_columns_that_are_not_read_are_listed(operator: Operator) -> None:
    path = operator.home / "people.csv"
    path.write_text(text([row(1)], header=f"{FRENCH};Ville;Quartier"))
    _, told = operator.run("admin", "invite", "--csv", str(path), "--dry-run")
    assert "Ville, Quartier" in told
