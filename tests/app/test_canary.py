"""What the face takes from inside Textual: a new version that moves it is told here first."""

from __future__ import annotations

import inspect

import pytest
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen

INSIDE = [
    (App, "_check_bindings", ("key", "priority")),
    (Screen, "_extend_compose", ("widgets",)),
    (LinuxDriver, "run_input_thread", ()),
    (LinuxDriver, "process_message", ("message",)),
]


@pytest.mark.parametrize(("owner", "name", "takes"), INSIDE)
def test_textual_is_as_it_was(owner: type, name: str, takes: tuple[str, ...]) -> None:
    found = inspect.signature(getattr(owner, name)).parameters
    assert tuple(found)[1:] == takes
