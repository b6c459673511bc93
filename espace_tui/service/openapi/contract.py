"""The OpenAPI document: what FastAPI knows of the calls, and what it cannot know.

Added here: the problems each call may answer, the headers of answers, examples, and the links that
say how one answer feeds the next call. ``docs/openapi.json`` is this document
(`tools.openapi` writes it), and a test keeps them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from fastapi import FastAPI
from fastapi.routing import APIRoute
from typing_extensions import override

from espace_tui.i18n import Texts
from espace_tui.service.openapi.examples import EXAMPLES, TOKEN
from espace_tui.service.openapi.links import LINKS
from espace_tui.wire.problems import MEDIA_TYPE, Code, Problem
from espace_tui.wire.routes import Header

Json = dict[str, Any]
_GRANTS = ("Flow", "CodeRequest", "Space", "Reset")
_ALWAYS = (400, 413, 415, 503)
_KEYED = (401, 422, 429)
_FLOW = (409, 410, 412)
_WAIT = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 0}}}
_LANGUAGE = {"Content-Language": {"schema": {"enum": ["fr", "en"]}}}
_ETAG = {"ETag": {"description": "The revision.", "schema": {"type": "string"}}}


def operation_id(route: APIRoute) -> str:
    """Name an operation after its function."""
    return route.name


class DocumentedApi(FastAPI):
    """An app whose OpenAPI document is the whole contract."""

    @override
    def openapi(self) -> Json:
        """Return the document, completed the first time."""
        if self.openapi_schema is None:
            _complete(super().openapi())
        return cast("Json", self.openapi_schema)


def _complete(document: Json) -> None:
    components = document["components"]
    schemas = components["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas.update(_problem_schemas())
    for name in _GRANTS:
        schemas[name]["properties"]["token"].pop("writeOnly")
    components["responses"] = {f"Problem{status}": _problem(status) for status in _statuses()}
    for _, operation in _operations(document):
        _complete_operation(operation)


def _operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, item in document["paths"].items():
        for operation in item.values():
            yield path, operation


def _complete_operation(operation: Json) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    for status in _possible(operation):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    for parameter in operation.get("parameters", ()):
        parameter["example"] = _example(parameter["name"], operation["operationId"])
    if "requestBody" in operation:
        _exemplify(operation["requestBody"]["content"])
    if "200" in responses:
        _complete_answer(responses["200"], operation["operationId"])


def _example(name: str, call: str) -> str:
    if name == Header.KEY:  # one key, one act
        return str(uuid5(NAMESPACE_URL, call))
    return str(EXAMPLES.get(name, TOKEN))


def _complete_answer(answer: Json, call: str) -> None:
    if _exemplify(answer["content"]) == "Flow":
        answer["headers"] = _ETAG
    if call in LINKS:
        answer["links"] = LINKS[call]


def _possible(operation: Json) -> tuple[int, ...]:
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    found = _ALWAYS + (_KEYED if names else ()) + (_FLOW if Header.FLOW_TOKEN in names else ())
    return tuple(sorted(found))


def _exemplify(content: Json) -> str:
    media = content["application/json"]
    name = str(media["schema"].get("$ref", "")).rpartition("/")[2]
    if name in EXAMPLES:
        media["example"] = EXAMPLES[name]
    return name


def _statuses() -> list[int]:
    return sorted({code.status for code in Code} - {404, 405, 500})


def _problem(status: int) -> Json:
    codes = [code for code in Code if code.status == status]
    waits = status in {429, 503}
    content: Json = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}
    for code in codes:
        title = Texts("fr")(f"service.problem.{code}")
        told: Json = {"type": code.type, "title": title, "status": status, "code": code.value}
        content["examples"][code.value] = {"value": told | ({"wait": 30} if waits else {})}
    return {
        "description": HTTPStatus(status).phrase,
        "headers": _LANGUAGE | (_WAIT if waits else {}),
        "content": {MEDIA_TYPE: content},
    }


def _problem_schemas() -> Json:
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts: Json = schema.pop("$defs")
    return parts | {"Problem": schema}
