"""What is printed by a real browser: the first page is full, and no page is nearly empty."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from espace_tui.counter.handouts import as_page, load_sheet
from espace_tui.guide.binder import Binder
from espace_tui.i18n import Texts
from tests.guide.site.browser import FOUND, MISSING, QUIET
from tests.journey.steps.situations import SITE

READER = shutil.which("pdftotext")
pytestmark = [
    pytest.mark.skipif(not FOUND, reason=MISSING),
    pytest.mark.skipif(not READER, reason="no pdftotext on this computer: poppler-utils"),
]


def printed(page: str, folder: Path) -> list[str]:
    """Print a page to PDF; return the text of each of its sheets."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(page, "utf-8")
    options = [*QUIET[:-2], f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"]
    subprocess.run(
        [str(FOUND), *options, f"--print-to-pdf={target}", source.as_uri()],
        capture_output=True,
        check=True,
        timeout=60,
    )
    read = subprocess.run([str(READER), "-layout", target, "-"], capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize(("other", "sheets"), [(None, 2), ("en", 3), ("ar", 3)])
def test_the_memo_fills_its_first_page(tmp_path: Path, other: str | None, sheets: int) -> None:
    found = printed(as_page(load_sheet("fr"), load_sheet(other) if other else None), tmp_path)
    assert len(found) <= sheets
    assert "Mon identifiant" in found[0]
    assert "jamais sur cette feuille" in found[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_binder_has_no_page_that_is_nearly_empty(tmp_path: Path, language: str) -> None:
    found = printed(Binder(SITE.official, Texts(language), SITE.age).as_page(), tmp_path)
    assert min(len(each.split()) for each in found) > 30
    assert len(found) <= 16
