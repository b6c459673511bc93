"""The commands of docs/operating.md bring a service back as it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from espace_tui.cli import exit_codes
from tests.operating.program import Operator
from tests.operating.sheets import file, row
from tests.postgres import Cluster

PAGE = Path(__file__).parent.parent.parent / "docs" / "operating.md"
PEOPLE = "SELECT id, nir_tag, sealed, status FROM person ORDER BY id"
LEFT = """
SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM flow) + (SELECT COUNT(*) FROM outbox)
"""


def commands(name: str) -> str:
    """Return a block of commands of the page."""
    found = re.search(
        rf"^```sh {name}\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found
    return found[1]


def do(name: str, home: Path, database: str, programs: Path) -> None:
    """Do what the page says, in a home."""
    places = (str(programs), str(Path(sys.executable).parent), os.environ["PATH"])
    environment = {
        "PATH": os.pathsep.join(places),
        "HOME": str(home),
        "DATABASE": database,
        "KEYS": str(home / ".local/share/espace-tui/keys.json"),
    }
    subprocess.run(["sh", "-euc", commands(name)], cwd=home, env=environment, check=True)


def test_a_service_is_brought_back_as_it_was(operator: Operator, cluster: Cluster) -> None:
    operator.run("service", "migrate")
    path = file(operator.home, [row(number) for number in range(5)])
    assert operator.run("admin", "invite", "--csv", str(path))[0] == exit_codes.DONE
    do("backup", operator.home, operator.database, cluster.programs)
    lost = Operator(operator.home, cluster.new_database(), operator.said)
    (operator.home / ".local/share/espace-tui/keys.json").unlink()
    do("restore", operator.home, lost.database, cluster.programs)
    assert lost.rows(PEOPLE) == operator.rows(PEOPLE)
    assert lost.run("admin", "status") == operator.run("admin", "status")
    assert lost.run("admin", "audit") == operator.run("admin", "audit")
    code, told = lost.run("admin", "invite", "--csv", str(path))
    assert (code, "Invited: 5. Already known: 0." in told) == (exit_codes.DONE, True)
    do("older", operator.home, lost.database, cluster.programs)
    assert lost.rows(LEFT) == [(0,)]
