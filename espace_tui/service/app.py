"""The service put together: one ASGI application over one `ServiceState`."""

from __future__ import annotations

from fastapi import FastAPI

from espace_tui import __version__
from espace_tui.service.limits import USUAL_LIMITS, EdgeLimits
from espace_tui.service.metrics import AccessLog
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.openapi.contract import DocumentedApi, operation_id
from espace_tui.service.problems import add_exception_handlers
from espace_tui.service.routes import health, journey, recovery, sign_in, space
from espace_tui.service.state import ServiceState

_DESCRIPTION = """\
Activate a health space: identify, show one's card, decide, check one's contacts, choose one's
credentials; then sign in, recover what was lost, close or reopen the space.

A flow is held by the service: its `token` and revision go from each answer into the headers of the
next call. Every `POST` carries an `Idempotency-Key`: tried again with the same key, an act has one
effect and one answer. Everything that is not an answer is a problem (RFC 9457) of a closed list.
"""
_PARTS = (space, journey, sign_in, recovery, health)


def build_api(state: ServiceState) -> FastAPI:
    """Return the calls of the service, and their contract."""
    api = DocumentedApi(
        title="espace-tui",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=operation_id,
    )
    api.state.service = state
    for part in _PARTS:
        api.include_router(part.router)
    add_exception_handlers(api)
    return api


def build_app(
    state: ServiceState, access_log: AccessLog, limits: EdgeLimits = USUAL_LIMITS
) -> EdgeMiddleware:
    """Return the whole service, as uvicorn runs it."""
    api = build_api(state)
    api.openapi()  # FastAPI makes its routes ready now, rather than on somebody's request
    return EdgeMiddleware(api, access_log, limits)
