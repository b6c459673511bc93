"""Fixtures of the counter: a shell with an empty home."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Someone's shell; their home is empty."""
    return Shell(tmp_path, capsys)
