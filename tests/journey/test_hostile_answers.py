"""Whatever a backend answers within its bounds, the wizard goes on, and says it in words."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import cast, get_type_hints

import pytest
from pydantic import SecretStr

from espace_tui.backends import port
from espace_tui.errors import Refused, Unreachable
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.context import StepContext
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import (
    Availability,
    CodeRequest,
    Contacts,
    Flow,
    Message,
    Profile,
    Reset,
    Space,
)
from espace_tui.model.policy import APP_2025, Policy
from espace_tui.model.values import Channel, Purpose, SpaceStatus, Stage
from espace_tui.validators.identifier import IdentifierRules
from tests.people import ZOE
from tests.walks.worlds import FirstRun, PocketKeyring

MOMENTS = [datetime(year, 12, 31, 23, 59, tzinfo=UTC) for year in (1900, 2027, 2199)]
WORDS = ["", "a" * 400, "{x}", "\x1b[2J", "{left!r}", "é\u202e"]
REFUSALS = ["refused", "flow-expired", "x", "{wait.__class__}", "session-expired", "code.missing"]
TYPED = {"password": "Ornithorynque7!", "confirmation": "Ornithorynque7!", "nir": ZOE.nir}


class Chance:
    """A backend that answers by chance, within the bounds of the models."""

    name = "chance"

    def __init__(self, seed: int) -> None:
        self._pick = random.Random(seed)
        self.activation = self._part(port.Activation)
        self.sign_in = self._part(port.SignIn)
        self.recovery = self._part(port.Recovery)
        self.space = self._part(port.OpenSpace)
        self.inbox = self

    def _part(self, protocol: type) -> object:
        def call(name: str) -> Callable[..., Awaitable[object]]:
            async def answer(*_given: object, **_named: object) -> object:
                return self._answer(get_type_hints(getattr(protocol, name))["return"].__name__)

            return answer

        names = [name for name in vars(protocol) if not name.startswith("_")]
        return type("Part", (), {name: staticmethod(call(name)) for name in names})()

    def _answer(self, kind: str) -> object:
        one, chance = self._pick.choice, self._pick.random
        if chance() < 0.1:
            raise Refused(one(REFUSALS), one([None, "nir"]), one([None, 0, 10**7]), one([None, 0]))
        if chance() < 0.1:
            raise Unreachable(one(["network", "{x}"]))
        made = {
            "id": "f",
            "token": SecretStr("t"),
            "revision": one([0, 999_999_999]),
            "stage": one(list(Stage)),
            "purpose": one(list(Purpose)),
            "channel": one(list(Channel)),
            "status": one(list(SpaceStatus)),
            "contacts": one([Contacts(), Contacts(email=one(WORDS), mobile=one(WORDS))]),
            "suggestions": (one(WORDS), one(WORDS)),
            "free": chance() < 0.5,
            **{name: one(WORDS) for name in ("first_name", "destination", "to", "subject", "text")},
            **{name: one(MOMENTS) for name in ("expires_at", "resend_at", "decided_at", "sent_at")},
        }
        models = (Flow, CodeRequest, Space, Reset, Profile, Availability, Message)
        model = {each.__name__: each for each in models}.get(kind)
        return model and model(**{name: made[name] for name in model.model_fields if name in made})

    async def policy(self) -> Policy:
        """Return rules by chance."""
        order = self._pick.sample(APP_2025.order, self._pick.randint(1, len(APP_2025.order)))
        longest = self._pick.choice([0, 1000])
        rules = IdentifierRules(min=self._pick.choice([0, 1000]), max=longest)
        return Policy(order=tuple(order), code_length=64, code_days=3660, identifier=rules)

    async def messages(self) -> tuple[object, ...]:
        """Return messages by chance."""
        return tuple(self._answer("Message") for _ in range(2))

    async def aclose(self) -> None:
        """Close nothing."""


def say_all(wizard: Wizard) -> None:
    """Say all that a face says of the present step, in both languages."""
    view = wizard.view()
    for texts in map(Texts, LANGUAGES):
        for text in filter(None, (view.title, view.next_title, view.alert, view.notice)):
            assert texts(text)
        for problem in view.problems:
            assert texts(f"error.{problem.code}", **problem.values)
    wizard.answers()
    for link in wizard.step_links():
        if link.reachable:
            wizard.facts(link.step)


def type_something(wizard: Wizard, typed: Mapping[str, str], pick: random.Random) -> None:
    for field in wizard.view().fields:
        choice = pick.choice(field.choices) if field.choices else "034567"
        wizard.set_text(field.name, typed.get(field.name, choice))


@pytest.mark.parametrize("seed", range(40))
async def test_no_answer_ends_the_wizard(seed: int) -> None:
    pick = random.Random(seed)
    backend = cast("port.Backend", Chance(seed))
    wizard = Wizard(StepContext(backend, FirstRun(), PocketKeyring()))
    await wizard.start()
    for _ in range(40):
        say_all(wizard)
        type_something(wizard, TYPED, pick)
        actions, links = wizard.view().actions, [k.step for k in wizard.step_links() if k.reachable]
        what = pick.random()
        if what < 0.1:
            await wizard.back()
        elif what < 0.2 and links:
            await wizard.jump(pick.choice(links))
        else:
            await wizard.submit(pick.choice(actions).name if actions and what < 0.6 else "")
