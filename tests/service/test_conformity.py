"""S29: whatever is sent, the service answers as its contract says, and never with a 5xx.

Schemathesis, all its phases, on real uvicorn. The contract it reads is the committed one, but that
it is told what opens the flow of Alice, and what goes on with that of Bruno, which nobody takes
over: so it gets behind the doors, whatever it draws.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from espace_tui.activation.audit import Event
from tests.people import ALICE, BRUNO
from tests.service.test_contract import DOCUMENT
from tests.service.town import ServiceWorld

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
)


async def with_keys(town: ServiceWorld) -> dict[str, Any]:
    """Return the contract with what opens Alice's flow and what goes on with Bruno's."""
    document: dict[str, Any] = json.loads(json.dumps(DOCUMENT))
    code = await town.invite()
    bruno = replace(BRUNO, serial=ALICE.serial)  # the card of the examples
    flow = await town.rules.activation.identify(await town.invite(bruno), bruno.nir)
    known = {"flow_id": flow.id, "Flow-Token": flow.token.get_secret_value(), "If-Match": '"1"'}
    operations = (each for path in document["paths"].values() for each in path.values())
    for parameter in (each for call in operations for each in call.get("parameters", ())):
        parameter["example"] = known.get(parameter["name"], parameter["example"])
    schemas = document["components"]["schemas"]
    schemas["Identification"]["properties"]["code"]["enum"] = [code]
    schemas["Identification"]["properties"]["nir"]["enum"] = [ALICE.nir]
    schemas["Card"]["properties"]["serial"]["enum"] = [ALICE.serial]
    schemas["Card"]["properties"]["kind"] = {"enum": [ALICE.kind.value]}
    schemas["Decision"]["properties"]["terms"] = {"enum": ["2022-01"]}
    return document


@pytest.mark.parametrize(
    ("examples", "behind"),
    [
        (6, Event.CARD_VERIFIED),
        pytest.param(150, Event.CARD_VERIFIED, marks=pytest.mark.soak),
    ],
)
async def test_no_input_gets_an_answer_that_is_not_declared(
    town: ServiceWorld, port: int, tmp_path: Path, examples: int, behind: Event
) -> None:
    contract = tmp_path / "openapi.json"
    contract.write_text(json.dumps(await with_keys(town)))
    command = [sys.executable, "-m", "schemathesis.cli", "run", str(contract)]
    options = [
        f"--url=http://127.0.0.1:{port}",
        "--phases=examples,coverage,fuzzing,stateful",
        f"--max-examples={examples}",
        f"--checks={','.join(CHECKS)}",
        "--continue-on-failure",
        "--seed=3",
    ]
    bare = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    # It runs none of our lines: nothing to measure, and it is twice as quick.
    run = await asyncio.to_thread(
        subprocess.run,
        command + options,
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert behind in await town.audit_events()  # it did get behind the doors
