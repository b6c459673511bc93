"""A backend of somebody else's that breaks the port: an unexpected answer, and nothing is lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from espace_tui.backends import registry
from espace_tui.backends.checked import CheckedBackend
from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidSettings, Refused, Unreachable
from espace_tui.journey.context import StepContext
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Flow, Message, Space
from espace_tui.model.policy import GUIDE_2022, Policy
from espace_tui.model.values import Channel, Stage
from espace_tui.validators.identifier import IdentifierRules
from tests.walks.worlds import FirstRun, PocketKeyring

NOON = datetime(2027, 1, 3, 12, tzinfo=UTC)
SECRET = "2 84 05 2A 321 025 52"
GOOD = {
    "id": "f1",
    "token": SecretStr("t"),
    "revision": 1,
    "stage": Stage.CARD,
    "first_name": "Camille",
    "expires_at": NOON,
}


def flow(**changes: object) -> Flow:
    """A flow that nobody checked."""
    return Flow.model_construct(**(GOOD | changes))  # type: ignore[arg-type] # wrong on purpose


def raising(error: BaseException) -> Callable[..., object]:
    def fail(*_given: object) -> object:
        raise error

    return fail


ANSWERS: Mapping[str, Callable[..., object]] = {
    "nothing": lambda *_: None,
    "another grant": lambda *_: Space(token=SecretStr("t"), expires_at=NOON),
    "a table": lambda *_: dict(GOOD),
    "an id that leads elsewhere": lambda *_: flow(id="../../v1/space"),
    "a token that ends a header": lambda *_: flow(token=SecretStr("a\r\nX: y")),
    "a long token": lambda *_: flow(token=SecretStr("a" * 10_000)),
    "a long name": lambda *_: flow(first_name="a" * 10_000_000),
    "a date no calendar has": lambda *_: flow(expires_at=datetime(1, 1, 1, tzinfo=UTC)),
    "a date without a zone": lambda *_: flow(expires_at=datetime(2027, 1, 1)),  # noqa: DTZ001 — on purpose
    "a revision from below": lambda *_: flow(revision=-1),
    "an endless revision": lambda *_: flow(revision=10**400),
    "an unknown stage": lambda *_: flow(stage="os"),
    "a bug": raising(KeyError(SECRET)),
    "a bug that hides": raising(BaseExceptionGroup("", [ValueError(SECRET)])),
    "too deep": raising(RecursionError()),
    "no memory": raising(MemoryError()),
}


class Foreign:
    """A backend whose every call answers the same."""

    name = "foreign"
    inbox = None

    def __init__(self, answer: Callable[..., object], rules: object = GUIDE_2022) -> None:
        async def identify(*given: object) -> object:
            return answer(*given)

        self.activation = SimpleNamespace(identify=identify)
        self.sign_in = self.recovery = self.space = None
        self.rules = rules

    async def policy(self) -> object:
        """Return whatever it was given."""
        return self.rules

    async def aclose(self) -> None:
        """Fail."""
        raise OSError


def checked(answer: Callable[..., object], rules: object = GUIDE_2022) -> CheckedBackend:
    return CheckedBackend(cast("Backend", Foreign(answer, rules)), "foreign")


async def at_identification(backend: CheckedBackend) -> Wizard:
    context = StepContext(backend, FirstRun(), PocketKeyring())
    context.preferences.choose(frozenset())
    wizard = Wizard(context)
    await wizard.start("identification")
    return wizard


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_an_unexpected_answer_loses_nothing_and_may_be_asked_again(
    answer: Callable[..., object], caplog: pytest.LogCaptureFixture
) -> None:
    wizard = await at_identification(checked(answer))
    typed = {"code": "aB3dE5fG7hJ9", "nir": SECRET}
    for name, text in typed.items():
        wizard.set_text(name, text)
    with caplog.at_level(logging.INFO):
        assert not await wizard.submit()
    view = wizard.view()
    assert (view.step_name, view.alert and view.alert.id, view.retry) == (
        "identification",
        "unreachable.unexpected-answer",
        True,
    )
    assert typed.items() <= dict(view.typed).items()
    [line] = caplog.messages
    assert line.startswith("backend foreign: unexpected answer to Activation.identify: ")
    assert SECRET not in caplog.text


RULES = {
    "a step that is a module": Policy.model_construct(order=("os.path",)),
    "a step of nobody": Policy(order=("identification", "wallet")),
    "no step": Policy.model_construct(order=()),
    "a step twice": Policy.model_construct(order=("card", "card")),
    "an endless code": Policy.model_construct(code_length=10**9),
    "an endless identifier": Policy.model_construct(identifier=IdentifierRules(max=10**12)),
    "a span that overflows": Policy.model_construct(code_days=10**12),
    "no rules": None,
}


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
async def test_rules_that_cannot_be_followed_are_an_unexpected_answer(rules: object) -> None:
    wizard = await at_identification(checked(lambda *_: None, rules))
    alert = wizard.view().alert
    assert (alert and alert.id, wizard.view().retry) == ("unreachable.unexpected-answer", True)


REFUSALS = [
    (Refused("a" * 100_000), "refused"),
    (Refused("{wait.__class__}"), "refused"),
    (Refused("refused", wait=10**30), "refused"),
    (Refused("refused", wait=cast("Any", "{x!r}")), "refused"),
    (Refused("refused", attempts_left=-5), "refused"),
    (Refused("send-later", wait=30), "send-later"),
]


@pytest.mark.parametrize(("error", "code"), REFUSALS)
async def test_a_refusal_says_what_the_catalogue_allows(error: Refused, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await checked(raising(error)).activation.identify("c", "n")
    assert caught.value.code == code


async def test_a_part_that_is_missing_is_an_unexpected_answer() -> None:
    backend = checked(lambda *_: None)
    with pytest.raises(Unreachable, match=r"^unexpected-answer$"):
        await backend.sign_in.open("a", "b", Channel.SMS)
    await backend.aclose()


async def test_a_good_answer_passes_as_it_is() -> None:
    found = await checked(lambda *_: flow()).activation.identify("c", "n")
    assert found == Flow(**cast("Any", GOOD))


async def test_a_message_of_its_inbox_is_checked_too() -> None:
    message = Message.model_construct(
        to="a", channel=cast("Any", "pigeon"), subject="", sent_at=NOON, text=""
    )

    class Box:
        async def messages(self) -> object:
            return (message,)

    foreign = Foreign(lambda *_: None)
    vars(foreign)["inbox"] = Box()
    inbox = CheckedBackend(cast("Backend", foreign), "foreign").inbox
    assert inbox is not None
    with pytest.raises(Unreachable, match=r"^unexpected-answer$"):
        await inbox.messages()


@pytest.mark.parametrize(
    ("code", "raised", "said"),
    [
        ("raise RuntimeError('x')", Unreachable, "unexpected-answer"),
        ("open_backend = None", Unreachable, "unexpected-answer"),
        ("open_backend = lambda options: None", Unreachable, "unexpected-answer"),
        (
            "import espace_tui.errors as e\ndef open_backend(_): raise e.InvalidSettings('no')",
            InvalidSettings,
            "no",
        ),
    ],
)
def test_a_factory_that_breaks_the_port_is_an_unexpected_answer(
    code: str,
    raised: type[Exception],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = f"foreign_{abs(hash(code))}"
    (tmp_path / f"{module}.py").write_text(code, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("foreign", f"{module}:open_backend", registry.GROUP)
    monkeypatch.setattr(registry, "installed", lambda: {"foreign": point})
    with pytest.raises(raised, match=said):
        registry.open_backend("foreign", {})
