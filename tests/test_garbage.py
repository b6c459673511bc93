"""Garbage is looked for once somebody has something to read, line by line and in long work too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SEARCHES = "print(gc.get_threshold()[0] < 50_000, gc.get_freeze_count() > 5_000)"
WHEN = {
    "put off": "",
    "asked": "Terminal().read_line('?')",
    "operating": "run(['admin', 'status'], {'HOME': sys.argv[1]}, Texts())",
}


@pytest.mark.parametrize("when", WHEN)
def test_it_is_put_off_until_there_is_something_to_wait_for(when: str, tmp_path: Path) -> None:
    code = f"""
import gc, sys
from espace_tui import garbage
garbage.put_off()
from espace_tui.cli import run
from espace_tui.i18n import Texts
from espace_tui.linear import Terminal
{WHEN[when]}
{SEARCHES}
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    told = subprocess.run(command, input="\n", capture_output=True, text=True, check=True).stdout
    assert told.split()[-2:] == [str(when != "put off")] * 2
