"""What a wizard walks is data: any itinerary, with its own steps, order, ends and rules."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, cast

import pytest
from typing_extensions import override

from espace_tui.backends.port import Backend
from espace_tui.counter.training import load_cases
from espace_tui.errors import Refused, Unreachable
from espace_tui.i18n import Texts
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Step, StepState
from espace_tui.journey.itineraries import Itineraries, Itinerary
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.itineraries.exercise import exercise_itinerary
from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.model.exercise import Exercise
from espace_tui.model.policy import APP_2025, Policy
from tests.walks.plain import play
from tests.walks.script import ACTIVATE, TO_SPACE, Do, Move, Walk
from tests.walks.worlds import FirstRun, PocketKeyring, embedded


class NamedStep(Step[None]):
    """A step with nothing to ask, which is done once it was left."""

    name: ClassVar[str] = ""

    def __init__(self, name: str, *actions: Action) -> None:
        self.own_name = name
        self.offered = actions or (CONTINUE,)

    @override
    def done(self, session: Session) -> bool:
        return session.notice == self.own_name

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return self.offered

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        if self.own_name == "b":
            raise Refused("flow-expired")
        return session.with_(notice=self.own_name)


STEPS = {
    "a": NamedStep("a"),
    "b": NamedStep("b", CONTINUE, Action("home", ActionKind.GO, "x")),
    "end": NamedStep("end", Action("activate", ActionKind.GO, "welcome")),
}
SMALL = Itinerary(
    name="small",
    first="a",
    holds=STEPS.__contains__,
    order=lambda _policy: ("a", "b"),
    leads={"a": "b"},
    finish="end",
    terminal=frozenset({"a", "end"}),
    redirects={"flow-expired": "a"},
    own_policy=lambda: APP_2025,
    own_step=STEPS.get,
)
OTHER = Itinerary(
    name="other", first="x", holds="x".__eq__, own_step=lambda _: NamedStep("x"), finish="x"
)


class Published:
    """A backend that publishes rules, and counts how often; or that cannot be asked."""

    def __init__(self, failure: str = "") -> None:
        self.asked = 0
        self.failure = failure

    async def policy(self) -> Policy:
        self.asked += 1
        if self.failure:
            raise Unreachable(self.failure)
        return Policy(order=("x",))


def wizard_on(*itineraries: Itinerary, failure: str = "") -> tuple[Wizard, Published]:
    backend = Published(failure)
    context = StepContext(cast("Backend", backend), FirstRun(), PocketKeyring())
    return Wizard(context, *itineraries), backend


async def test_an_itinerary_of_its_own_rules_asks_no_backend() -> None:
    wizard, backend = wizard_on(SMALL)
    await wizard.start()
    assert (wizard.step_name, wizard.finished) == ("a", False)
    assert await wizard.submit()
    view = wizard.view()
    assert (view.step_name, view.number, view.total) == ("b", 2, 2)
    assert wizard.itinerary is SMALL
    assert backend.asked == 0


async def test_a_refusal_leads_where_this_itinerary_says() -> None:
    wizard, _ = wizard_on(SMALL)
    await wizard.start()
    await wizard.submit()
    assert not await wizard.submit()
    assert wizard.step_name == "a"


async def test_an_action_may_pass_to_another_itinerary_and_come_back() -> None:
    wizard, backend = wizard_on(SMALL, OTHER)
    await wizard.start()
    await wizard.submit()
    assert await wizard.submit("home")
    assert wizard.itinerary is OTHER
    assert wizard.view().number == 1
    assert backend.asked == 1
    assert await wizard.back()
    assert wizard.view().number == 2


@pytest.mark.parametrize(
    ("failure", "retry"),
    [
        ("network", True),
        ("timeout", True),
        ("keyring-absent", False),
        ("keyring-empty", False),
        ("keyring-off", False),
        ("keyring-unsafe", False),
    ],
)
async def test_it_is_tried_again_where_that_may_change_something(
    failure: str, *, retry: bool
) -> None:
    wizard, _ = wizard_on(SMALL, OTHER, failure=failure)
    await wizard.start()
    await wizard.submit()
    assert not await wizard.submit("home")
    view = wizard.view()
    assert (view.step_name, view.retry) == ("b", retry)
    assert view.alert
    assert view.alert.id.startswith(f"unreachable.{failure}")


async def test_trying_again_does_what_could_not_be_done() -> None:
    wizard, backend = wizard_on(SMALL, OTHER, failure="network")
    assert not await wizard.retry()
    await wizard.start()
    await wizard.submit()
    assert not await wizard.submit("home")
    backend.failure = ""
    assert await wizard.retry()
    assert wizard.itinerary is OTHER


async def test_the_last_step_leads_to_the_end_of_its_itinerary() -> None:
    wizard, _ = wizard_on(SMALL, ACTIVATION)
    await wizard.start("end")
    assert wizard.finished
    assert await wizard.submit()
    assert wizard.itinerary is ACTIVATION
    assert SMALL.next_step(Session(notice="b"), ("b",), "b") == "end"


def test_a_step_that_never_says_it_is_done_is_where_going_on_leads() -> None:
    class Silent(Step[None]):
        name: ClassVar[str] = "a"

    silent = SMALL._replace(own_step=lambda _: Silent())
    assert silent.first_unfinished(Session(), ("a",)) == "a"
    assert Itinerary("alone", "a", "a".__eq__).first_unfinished(Session(), ()) == ""


def test_an_itinerary_says_what_it_is() -> None:
    assert (ACTIVATION.mark, SMALL.mark) == ("demonstration", "unofficial")
    assert exercise_itinerary(Exercise(load_cases(), 7, Texts())).mark == "exercise"
    assert SMALL.furthest_step(Session(), ("a", "b"), "end") == ""
    assert ACTIVATION.furthest_step(Session(), ("identification",), "card") == "identification"


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("flow-expired", "identification"),
        ("stale-revision", "identification"),
        ("step-not-pending", "identification"),
        ("session-expired", "sign_in"),
    ],
)
def test_whoever_lost_a_right_gets_it_again_where_it_is_given(code: str, step: str) -> None:
    assert ACTIVATION.redirects[code] == step


def test_rules_that_name_steps_of_nowhere_make_no_sense() -> None:
    assert OTHER._replace(order=lambda _: ("x",)).checked(APP_2025) is APP_2025
    with pytest.raises(Unreachable) as refusal:
        OTHER.checked(APP_2025)
    assert refusal.value.code == "unexpected-answer"


@pytest.mark.parametrize("moves", [(*ACTIVATE, Do("home")), (*TO_SPACE, Do("sign_out"))])
async def test_rights_and_secrets_are_forgotten_where_all_is_over(
    moves: tuple[Move, ...], tmp_path: Path
) -> None:
    walk = Walk("to the end", moves)
    async with embedded(tmp_path, walk) as world:
        wizard = await play(walk, world)
        assert wizard.session == Session()


def test_the_first_of_several_has_what_belongs_to_none_and_its_own_actions() -> None:
    replaced = SMALL._replace(exchanged={"home": Action("to_end", ActionKind.GO, "end")})
    both = Itineraries(replaced, OTHER)
    assert (both.of("nowhere"), both.of("x")) == (replaced, OTHER)
    home, away = Action("home", ActionKind.GO, "x"), Action("away", ActionKind.GO, "nowhere")
    offered = [each.name for each in both.offered([home, away, CONTINUE])]
    assert offered == ["to_end", "continue"]
    assert [*Itineraries(OTHER, replaced).offered([home])] == [home]


@pytest.mark.parametrize("itinerary", [ACTIVATION, CHECKING])
def test_every_end_and_lead_is_a_step_of_the_itinerary(itinerary: Itinerary) -> None:
    leads = [itinerary.finish, *itinerary.leads.values()]
    told = [each for each in leads if isinstance(each, str)]
    named = {itinerary.first, *itinerary.leads, *told, *itinerary.terminal}
    named |= {*itinerary.redirects.values(), *itinerary.clear_on_success, *itinerary.needs_consent}
    assert [name for name in named if not itinerary.holds(name)] == []
