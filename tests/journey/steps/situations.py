"""Every situation that changes what a step asks: enough to meet each field, choice and action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from espace_tui.counter.training import load_cases
from espace_tui.counter.visit import WORDS
from espace_tui.errors import Unreachable
from espace_tui.guide.message.letter import Finding, Letter
from espace_tui.guide.official import load
from espace_tui.guide.official.bundled import NOTED
from espace_tui.i18n import Texts
from espace_tui.journey import steps
from espace_tui.journey.form import Step, StepState
from espace_tui.journey.guide_answers import Goal, GuideAnswers, PreparedNumbers, Reach, Who
from espace_tui.journey.guiding import SCREEN, SiteJourney
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.itineraries.counter import STEPS as COUNTER_STEPS
from espace_tui.journey.itineraries.counter import made
from espace_tui.journey.itineraries.exercise import exercise_itinerary, practised
from espace_tui.journey.itineraries.guide import OF_DATA, guide_itinerary
from espace_tui.journey.itineraries.visited import visited
from espace_tui.journey.session import CredentialsAnswers, IdentityAnswers, Session
from espace_tui.local.settings.fields import PURPOSES
from espace_tui.model.exercise import Exercise
from espace_tui.model.grants import CodeRequest, Contacts, Flow, Message, Profile
from espace_tui.model.policy import GUIDE_2022, Policy
from espace_tui.model.values import Channel, Purpose, SpaceStatus, Stage
from espace_tui.validators.card_serial import CardKind
from tests.people import ZOE

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def state_of(
    session: Session | None = None,
    *,
    policy: Policy = GUIDE_2022,
    typed: Mapping[str, str] | None = None,
    consents: frozenset[str] | None = frozenset({"preferences", "keyring"}),
) -> StepState:
    """Return a state made by hand."""
    return StepState(session or Session(), policy, typed or {}, consents=consents)


def request(*, other: bool = True) -> CodeRequest:
    """Return a one-time code on its way."""
    return CodeRequest(
        id="r",
        token="t",
        purpose=Purpose.SIGN_IN,
        channel=Channel.EMAIL,
        destination="z•••@exemple.fr",
        resend_at=NOW,
        expires_at=NOW + timedelta(minutes=10),
        other_channel=other,
    )


def flow(stage: Stage = Stage.CONTACTS) -> Flow:
    """Return a pending activation."""
    return Flow(
        id="f",
        token="t",
        revision=1,
        stage=stage,
        first_name="Zoé",
        expires_at=NOW,
        decided_at=NOW,
        contacts=Contacts(email="z•••@exemple.fr", mobile="+33 •• •• 34"),
    )


def full_session() -> Session:
    """Return a session that holds something of everything."""
    credentials = CredentialsAnswers(identifier="zoe.anais", password="Fleur7-Colline")
    return Session(flow=flow(), code_request=request(), done_at=NOW, credentials=credentials)


def _sessions() -> Iterator[Session]:
    identity = IdentityAnswers(
        birth_date=ZOE.birth_date,
        nir=ZOE.nir,
        kind=CardKind.PHOTO,
        serial=ZOE.serial,
        channel=Channel.EMAIL,
    )
    full = full_session()
    yield full
    by_sms = request().model_copy(update={"channel": Channel.SMS})
    yield full.with_(code_request=by_sms)
    yield full.with_(identity=identity, code_request=request(other=False), credentials=None)
    yield full.with_(password_shown=True)
    yield full.with_(inbox=(_received("code : Kd7mP3xRw9Tf"), _received("code : 034567")))
    yield full.with_(inbox=(_received(f"NIR {ZOE.nir}"), _received(ZOE.serial)))
    yield from _guided(full)
    for status in SpaceStatus:
        yield full.with_(profile=Profile(first_name="Zoé", status=status, decided_at=NOW))


def _received(text: str) -> Message:
    return Message(to="zoe", channel=Channel.EMAIL, subject="Bonjour", sent_at=NOW, text=text)


def _guided(full: Session) -> Iterator[Session]:
    """Yield what changes a step of the guide, or of the check of a message."""
    numbers = PreparedNumbers(
        birth_date=date(1984, 5, 12),
        nir="284058832102532",
        kind=CardKind.PHOTO,
        serial="31415926535",
    )
    shown = GuideAnswers(
        who=Who.CHILD,
        goal=Goal.ACTIVATE,
        reach=Reach.LETTER,
        numbers=numbers,
        may_hide=True,
        identifiers=("jardin.lune-74",),
        passwords=("Bolu-kife-tonu-vexi7!",),
        rules_shown=True,
        screen="channel",
        outcome="identifier-taken",
        may_open=True,
        opened=True,
        may_save=True,
        saved_as="x.ics",
    )
    letter = Letter(sender="a@exemple.fr", subject="Bonjour", findings=(Finding("hurry"),))
    yield full.with_(guide=shown, letter=letter, nobody_invited=True, receipt="")
    yield full.with_(
        guide=GuideAnswers(
            goal=Goal.OPPOSE,
            who=Who.OTHER,
            numbers=numbers,
            numbers_hidden=True,
            outcome="password-refused",
        ),
        receipt="x.txt",
    )
    for goal in (Goal.CLOSE, Goal.SIGN_IN, Goal.FORGOTTEN):
        yield full.with_(guide=GuideAnswers(goal=goal, who=Who.ME))


@cache
def situations() -> tuple[StepState, ...]:
    """Return the situations a step can be drawn in; a state cannot be changed."""
    return (*_states(),)


def _states() -> Iterator[StepState]:
    answers: list[Mapping[str, str]] = [{}]
    answers += [{"kind": kind} for kind in CardKind]
    answers += [{"choice": choice} for choice in ("activate", "oppose")]
    for session in _sessions():
        yield state_of(session, consents=None)
        yield state_of(session, consents=frozenset())
        for typed in answers:
            yield state_of(session, typed=typed)


SITE = SiteJourney(NOTED, load, date(2026, 11, 26), home="welcome")


COUNTED = (("visits", "all"), *((key, word) for key, words in WORDS.items() for word in words))
RISKS = (
    *("no-terminal", "dumb", "screen", "recorded", "watched", "embedded", "loose"),
    *("swap", "restored"),
)


class FakeNotes:
    """What a visit at a counter notes, in a dictionary."""

    hides_after, erases_after = 300, 90

    def __init__(self, *, after: str = "", exercise: bool = False) -> None:
        self.after = after
        self.reference = "ABCD-2345" if after == "broken" else ""
        self.is_exercise = self.is_locked = exercise
        self.counts = not exercise
        self.place = "" if exercise else "Mairie de Trifouilly"
        self.purposes: tuple[str, ...] = PURPOSES
        self.checks_numbers = True
        self.handed_over = False
        self.pending = self.lent_at = ""
        self.words: dict[str, str] = {}
        self.is_longer = exercise
        self.counted: tuple[tuple[str, str, int | None], ...] = ()
        self.risks: tuple[tuple[str, bool, str], ...] = ()
        self.written = ""
        if not exercise:
            self.counted = tuple((key, word, None) for key, word in COUNTED)
            self.risks = tuple((code, code != "swap", "script") for code in RISKS)
            self.written = "aide-memoire.html"

    def note(self, key: str, word: str) -> None:
        """Note a word."""
        self.words[key] = word

    def get(self, key: str) -> str:
        """Return what was noted."""
        return self.words.get(key, "")

    def set_longer(self, *, longer: bool) -> None:
        """Keep what was asked."""
        self.is_longer = longer

    async def read_counts(self) -> None:
        """Have them read already."""

    async def look_at_computer(self) -> None:
        """Have it looked at already."""

    async def write_handout(self, other: str, kind: str, folder: str) -> None:
        """Note where, unless that folder is not to be written in."""
        if folder == "/closed":
            raise Unreachable("store-closed")
        self.written = f"{folder}/{kind}-{other}"

    def hand_over(self, *, given: bool) -> None:
        """Keep who has the keyboard."""
        self.handed_over = given


def every_drawing() -> Iterator[tuple[str, Step[Any], StepState]]:
    """Yield every step of every itinerary, by its name, in every situation."""
    for name, step in every_step():
        yield from ((name, step, state) for state in situations())


def every_step() -> Iterator[tuple[str, Step[Any]]]:
    """Yield every step of every itinerary, by its name."""
    for name in (*steps.STEPS, *steps.CHECKING, *steps.GUIDE):
        yield name, steps.load(name)
    itinerary = guide_itinerary(SITE)
    for name in (*OF_DATA, *(f"{SCREEN}{each}" for each in SITE.official.screens)):
        yield name, itinerary.load(name)
    at_counter = SiteJourney(NOTED, load, SITE.today, "counter_parting", "to_parting")
    yield "guide_intro", guide_itinerary(at_counter).load("guide_intro")
    for name in COUNTER_STEPS:
        for after, exercise in (("erased", False), ("cleared", False), ("broken", True)):
            yield name, made(name, FakeNotes(after=after, exercise=exercise))
    yield "guide_for", visited(itinerary, FakeNotes()).load("guide_for")
    yield from exercise_steps()


def exercise_steps() -> Iterator[tuple[str, Step[Any]]]:
    """Yield the steps around a visit that is an exercise."""
    cases = load_cases()
    choosing = exercise_itinerary(Exercise(cases, 7, Texts()))
    yield "exercise_choice", choosing.load("exercise_choice")
    for case in ("georges", "samira", "aicha"):
        itinerary = exercise_itinerary(Exercise(cases, 7, Texts(), cases[case]))
        for name in ("briefing", "debrief"):
            yield f"exercise_{name}", itinerary.load(f"exercise_{name}")
        yield "exercise_event", itinerary.load("exercise_event_0")
    exercise = Exercise(cases, 7, Texts(), cases["yvette"])
    exercise.react(0, None)
    yield "check_message", practised(CHECKING, exercise).load("check_message")
