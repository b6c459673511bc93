"""What a step says that it asks is what it asks."""

from __future__ import annotations

import pytest

from espace_tui import steps
from espace_tui.form import Paragraph
from espace_tui.i18n import Texts
from tests.steps.situations import situations


@pytest.mark.parametrize("known", [True, False])
def test_identifying_asks_for_what_its_fields_ask(*, known: bool) -> None:
    here = next(each for each in situations() if bool(each.session.identity) is known)
    step = steps.load("identification")
    said = " ".join(
        Texts("fr")(block.text) for block in step.blocks(here) if isinstance(block, Paragraph)
    )
    assert ("sécurité sociale" in said) is ("nir" in {each.name for each in step.fields(here)})
