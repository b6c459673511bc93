"""The OpenAPI document says what the service does, with examples that hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel

from espace_tui.model import grants
from espace_tui.service import app
from espace_tui.service.openapi.examples import EXAMPLES
from espace_tui.service.openapi.links import LINKS
from espace_tui.wire import bodies, routes
from espace_tui.wire.problems import MEDIA_TYPE, Code, Problem
from tools import openapi

COMMITTED = Path(__file__).parent.parent.parent / "docs" / "openapi.json"
DOCUMENT: dict[str, Any] = app.build_api(cast("Any", None)).openapi()
OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
}


def test_the_committed_document_is_that_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    openapi.main()
    written = capsys.readouterr().out
    assert COMMITTED.read_text("utf-8") == written, (
        "write it again: python -m tools.openapi > docs/openapi.json"
    )


def test_it_is_openapi_3_1_and_tells_every_route() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    told = {path for path in DOCUMENT["paths"] if path.startswith("/v1/")}
    assert told == set(routes.Route)


@pytest.mark.parametrize(
    "name", [name for name in EXAMPLES if name[0].isupper() and "-" not in name]
)
def test_every_example_is_one(name: str) -> None:
    model: type[BaseModel] = getattr(bodies, name, None) or getattr(grants, name)
    model.model_validate_json(json.dumps(EXAMPLES[name]))


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_is_told_whole(name: str) -> None:
    path, method, operation = OPERATIONS[name]
    assert operation["description"]
    for parameter in operation.get("parameters", ()):
        assert re.fullmatch(parameter["schema"]["pattern"], parameter["example"])
    if "requestBody" in operation:
        assert "example" in operation["requestBody"]["content"]["application/json"]
    keys = [each["name"] for each in operation.get("parameters", ())].count(routes.Header.KEY)
    assert keys == (1 if method == "post" else 0), path


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_secret_is_in_an_address(name: str) -> None:
    path, _, operation = OPERATIONS[name]
    places = {each["name"]: each["in"] for each in operation.get("parameters", ())}
    assert set(places.values()) <= {"path", "header"}
    ids = {name for name, place in places.items() if place == "path"}
    assert ids == set(re.findall(r"{(\w+)}", path)) <= {"flow_id", "request_id"}


def test_links_lead_from_call_to_call() -> None:
    assert set(LINKS) <= set(OPERATIONS)
    for call, links in LINKS.items():
        answer = OPERATIONS[call][2]["responses"]["200"]
        assert answer["links"] == links
        for following, link in links.items():
            wanted = OPERATIONS[following][2].get("parameters", ())
            places = {f"{each['in']}.{each['name']}" for each in wanted}
            assert set(link["parameters"]) <= places


def test_problems_are_a_closed_list_with_examples() -> None:
    codes = DOCUMENT["components"]["schemas"]["Code"]["enum"]
    assert codes == [code.value for code in Code]
    for response in DOCUMENT["components"]["responses"].values():
        media = response["content"][MEDIA_TYPE]
        for example in media["examples"].values():
            Problem.model_validate_json(json.dumps(example["value"]))
