"""The page of a crash: a reference, places of our own code, what to do next; no value, ever."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from espace_tui.errors import InvalidValue, Refused
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.session import Session
from espace_tui.local import crash
from espace_tui.local.crash import Crash
from espace_tui.validators import nir

CANARY = "2 55 08 14 168 025 38"


def caught(error: Exception) -> Exception:
    with pytest.raises(type(error)) as info:
        raise error
    return info.value


def from_our_code() -> BaseException:
    """An exception that went through our own code, which knew the canary."""
    try:
        nir.parse("2 84 05 88 321 025 30")
    except InvalidValue as error:
        return error
    raise AssertionError


def chained() -> Exception:
    reason = caught(LookupError(CANARY))
    with pytest.raises(ValueError, match=CANARY) as info:
        raise ValueError(CANARY) from reason
    return info.value


def nested() -> Exception:
    return ExceptionGroup(CANARY, [ExceptionGroup(CANARY, [caught(KeyError(CANARY))])])


class CarrierError(Exception):
    """Carries another one, like Textual's `WorkerFailed`."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


def invalid_model() -> BaseException:
    try:
        Session.model_validate({"identity": CANARY})
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (caught(ValueError(CANARY)), "ValueError"),
        (chained(), "ValueError < LookupError"),
        (nested(), "ExceptionGroup < ExceptionGroup < KeyError"),
        (CarrierError(caught(OSError(CANARY))), "CarrierError < OSError"),
        (caught(UnicodeDecodeError("utf-8", CANARY.encode(), 0, 1, CANARY)), "UnicodeDecodeError"),
        (invalid_model(), "ValidationError"),
        (from_our_code(), "InvalidValue"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_the_kind_and_no_value(
    error: BaseException, kind: str, language: str
) -> None:
    found = Crash.of(error)
    page = found.page(Texts(language))
    assert found.kind == kind
    assert CANARY not in page
    assert found.reference in page
    assert "crash.page" not in page


def test_only_places_of_our_own_code_are_told() -> None:
    places = Crash.of(from_our_code()).locations
    assert places
    assert all(place.startswith("espace_tui/validators/nir.py:") for place in places)
    assert Crash.of(caught(ValueError())).locations == ()


def test_the_same_bug_has_the_same_reference_and_another_has_another() -> None:
    assert Crash.of(from_our_code()).reference == Crash.of(from_our_code()).reference
    references = {Crash.of(caught(each)).reference for each in (ValueError(), KeyError())}
    assert len(references) == 2
    assert all(len(each) == 9 and each[4] == "-" for each in references)


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert Crash.of(first).kind == "ValueError < KeyError"


@pytest.fixture
def hooks() -> Iterator[None]:
    """Put back what `install` changes."""
    kept = (sys.excepthook, sys.unraisablehook, threading.excepthook)
    logs = (logging.raiseExceptions, logging.lastResort)
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = kept
    logging.raiseExceptions, logging.lastResort = logs


def test_the_outermost_frame_answers_with_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    def act() -> int:
        raise ValueError(CANARY)

    assert crash.run_guarded(lambda: 7, Texts("en")) == 7
    assert crash.run_guarded(act, Texts("en")) == 1
    said = capsys.readouterr()
    assert "Reference to give" in said.err
    assert CANARY not in said.err + said.out


@pytest.mark.usefixtures("hooks")
def test_every_hook_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    crash.install_hooks(Texts("en"))
    error = caught(ValueError(CANARY))
    sys.excepthook(ValueError, error, None)
    assert "Reference to give" in capsys.readouterr().err
    thread = threading.Thread(target=caught_aside)
    thread.start()
    thread.join()
    said = capsys.readouterr()
    assert said.out + said.err == ""


def caught_aside() -> None:
    raise ValueError(CANARY)


@pytest.mark.usefixtures("hooks")
async def test_a_task_that_nobody_awaits_is_quiet(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    crash.install_hooks(Texts("en"))
    loop = asyncio.get_running_loop()
    crash.watch_loop(loop)
    loop.call_exception_handler({"message": CANARY, "exception": caught(ValueError(CANARY))})
    loop.call_exception_handler({"message": CANARY})
    said = capsys.readouterr()
    assert said.out + said.err == ""
    assert CANARY not in caplog.text
    assert "ValueError" in caplog.text


async def test_an_expected_refusal_that_escapes_is_a_crash_like_another() -> None:
    assert Crash.of(caught(Refused("refused", field=CANARY))).kind == "Refused"
