"""An acknowledged step survives a kill, and no half step is ever left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KILLS = 100


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.activation.killing", str(tmp_path), str(KILLS)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > KILLS // 4, "the kills came too early to prove anything"
