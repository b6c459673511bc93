"""A page is laid out once: what a layout gives a widget asks for no other layout."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest
from textual.widget import Widget

import espace_tui.app
import espace_tui.screens
import espace_tui.widgets
from tests.app.harness import open_app
from tests.app.scenes import TO_CARD
from tests.walks.script import TO_REVIEW, Move


def ours() -> Iterator[type[Widget]]:
    """Every widget of the product."""
    for package in (espace_tui.app, espace_tui.screens, espace_tui.widgets):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            for each in vars(import_module(found.name)).values():
                if isinstance(each, type) and issubclass(each, Widget):
                    yield each


def test_the_size_of_no_widget_of_ours_asks_for_another_layout() -> None:
    made_here = {each for each in ours() if each.__module__.startswith("espace_tui")}
    assert len(made_here) > 40
    assert [each for each in made_here if each.virtual_size is Widget.virtual_size] == []


@pytest.mark.parametrize("way", [TO_CARD, TO_REVIEW])
async def test_no_container_of_textual_stands_between(way: tuple[Move, ...]) -> None:
    async with open_app(way) as hands:
        drawn: list[Widget] = [*hands.app.screen.query(Widget)]
        assert len(drawn) > 10
        assert [each for each in drawn if type(each).virtual_size is Widget.virtual_size] == []
