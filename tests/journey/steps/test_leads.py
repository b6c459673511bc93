"""What a step says that it asks is what it asks."""

from __future__ import annotations

import pytest

from espace_tui.i18n import Text, Texts
from espace_tui.journey import steps
from espace_tui.journey.form import Bullets, Paragraph
from espace_tui.journey.session import Session
from espace_tui.model.grants import Profile
from espace_tui.model.values import SpaceStatus
from tests.journey.steps.situations import NOW, situations, state_of


@pytest.mark.parametrize("known", [True, False])
def test_identifying_asks_for_what_its_fields_ask(*, known: bool) -> None:
    here = next(each for each in situations() if bool(each.session.identity) is known)
    step = steps.load("identification")
    said = " ".join(
        Texts("fr")(block.text) for block in step.blocks(here) if isinstance(block, Paragraph)
    )
    assert ("sécurité sociale" in said) is ("nir" in {each.name for each in step.fields(here)})


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, ""),
        (frozenset(), "ne rien garder."),
        (frozenset({"log", "keyring"}), "le journal de diagnostic et le trousseau de clés."),
    ],
)
def test_who_comes_back_to_the_privacy_choices_reads_the_present_one(
    kept: frozenset[str] | None, said: str
) -> None:
    blocks = steps.load("privacy").blocks(state_of(consents=kept))
    strong = [Texts("fr")(b.text) for b in blocks if isinstance(b, Paragraph) and b.strong]
    assert " ".join(strong).endswith(said)
    assert bool(strong) is bool(said)


def test_a_forgotten_identifier_is_not_called_a_code() -> None:
    channel = steps.load("forgotten_identifier").fields(state_of())[-1]
    assert "identifiant" in Texts("fr")(channel.text_for("label"))


@pytest.mark.parametrize("status", SpaceStatus)
def test_what_the_space_offers_is_said_only_where_it_is_listed(status: SpaceStatus) -> None:
    profile = Profile(first_name="Zoé", status=status, decided_at=NOW)
    blocks = steps.load("space").blocks(state_of(Session(profile=profile)))
    announced = Text("space.offers") in [b.text for b in blocks if isinstance(b, Paragraph)]
    assert announced is any(isinstance(b, Bullets) for b in blocks)


@pytest.mark.parametrize("nobody", [True, False])
def test_the_guide_stands_out_where_nobody_was_invited(*, nobody: bool) -> None:
    step, state = steps.load("message"), state_of(Session(nobody_invited=nobody))
    guide = next(each for each in step.actions(state) if each.name == "guide_site")
    assert guide.quiet is not nobody
    said = [block.text.id for block in step.blocks(state) if isinstance(block, Paragraph)]
    assert ("message.nobody" in said) is nobody
