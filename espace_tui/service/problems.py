"""How the service refuses: ``application/problem+json``, from a closed catalogue, and nothing else.

The title is in the language asked for; the code is what counts. Nothing of what was sent is in it.

    >>> preferred_language("de, en-GB;q=0.8, fr;q=0.5")
    'en'
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from espace_tui.errors import ExpectedError, Refused, Unreachable
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.wire.problems import MEDIA_TYPE, Code, Problem, WrongField, wrong_fields

_BUSY_WAIT = 1
_FIELDS = "."


class RequestError(ExpectedError):
    """The service itself refuses a request, before any rule was called."""

    def __init__(self, code: Code, errors: tuple[WrongField, ...] = ()) -> None:
        super().__init__(code)
        self.errors = errors


def problem_response(
    code: Code, language: str, refusal: Refused | None = None, **more: object
) -> Response:
    """Return the answer for a problem."""
    wait = refusal.wait if refusal else _BUSY_WAIT if code is Code.BUSY else None
    problem = Problem.model_validate(
        {
            "type": code.type,
            "title": Texts(language)(f"service.problem.{code}"),
            "status": code.status,
            "code": code,
            "wait": wait,
            "attempts_left": refusal.attempts_left if refusal else None,
        }
        | more
    )
    headers = {"Content-Language": language}
    if wait is not None:
        headers["Retry-After"] = str(wait)
    if code.status == Code.REFUSED.status:
        headers["WWW-Authenticate"] = "Espace"
    content = problem.model_dump_json(exclude_none=True, exclude_defaults=True)
    return Response(content, code.status, headers, MEDIA_TYPE)


def preferred_language(accepted: str) -> str:
    """Return the language of ours that an ``Accept-Language`` puts first; French by default."""
    weights = [_weight(part) for part in accepted.split(",")]
    known = [(weight, name) for weight, name in weights if name in LANGUAGES and weight > 0]
    return max(known, key=lambda pair: pair[0])[1] if known else LANGUAGES[0]


def _weight(part: str) -> tuple[float, str]:
    name, _, rest = part.strip().partition(";")
    try:
        weight = float(rest.strip().removeprefix("q=") or 1)
    except ValueError:
        weight = 0.0
    return weight, name.strip()[:2].lower()


def language_of(request: Request) -> str:
    """Return the language a request is to be answered in."""
    return preferred_language(request.headers.get("accept-language", ""))


async def handle_refused(request: Request, refusal: Refused) -> Response:
    """Answer what the rules refused: by a code of the catalogue, or that of a field."""
    if _FIELDS in refusal.code:
        wrong = WrongField(field=refusal.field or "", code=refusal.code)
        return _problem_for(request, Code.INVALID_FIELDS, refusal, errors=(wrong,))
    if refusal.code == Code.BUSY:
        request.scope["cause"] = "ceiling"
    return _problem_for(request, Code(refusal.code), refusal)


async def handle_unreachable(request: Request, error: Unreachable) -> Response:
    """Answer that the rules could not decide: too much at once, or no store.

    Why is for the operator: it goes into the log and the figures, not into the answer.
    """
    request.scope["cause"] = str(error.values.get("cause", error.code))
    request.app.state.service.on_unreachable(error)
    return _problem_for(request, Code.BUSY)


async def handle_request_error(request: Request, objection: RequestError) -> Response:
    """Answer what the service itself refused."""
    return _problem_for(request, Code(objection.code), errors=objection.errors)


async def handle_validation(request: Request, error: RequestValidationError) -> Response:
    """Answer which fields of a body, and which headers, are wrong."""
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return _problem_for(request, Code.BAD_REQUEST)
    return _problem_for(request, Code.INVALID_FIELDS, errors=wrong_fields(found))


async def handle_http(request: Request, error: HTTPException) -> Response:
    """Answer what the framework refused: an unknown address, a wrong method, an unreadable body."""
    codes = {404: Code.NOT_FOUND, 405: Code.METHOD_NOT_ALLOWED}
    response = _problem_for(request, codes.get(error.status_code, Code.BAD_REQUEST))
    response.headers.update(error.headers or {})
    return response


async def handle_failure(request: Request, _: Exception) -> Response:
    """Answer that the service failed: a bug, which `middleware` writes in the log."""
    return _problem_for(request, Code.FAILURE)


def _problem_for(
    request: Request, code: Code, refusal: Refused | None = None, **more: object
) -> Response:
    request.scope["problem"] = code
    return problem_response(code, language_of(request), refusal, **more)


_HANDLERS: dict[type[Exception], Callable[..., Awaitable[Response]]] = {
    Refused: handle_refused,
    Unreachable: handle_unreachable,
    RequestError: handle_request_error,
    RequestValidationError: handle_validation,
    HTTPException: handle_http,
    Exception: handle_failure,
}


def add_exception_handlers(app: FastAPI) -> None:
    """Make an app answer every error as a problem."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
