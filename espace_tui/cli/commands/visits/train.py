"""``espace-tui train [CASE]``: helping invented people, for whoever will help real ones.

A visit as at a counter, on a store that vanishes, in which things happen; what was done is told at
its end and kept nowhere. With ``--json`` it is written, for a trainer's own sheet.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.commands.demo import demo_backend
from espace_tui.cli.commands.visits.visit import CounterVisit
from espace_tui.cli.context import CommandContext, write_error, write_json, write_line
from espace_tui.cli.faces import NONE, FaceRunner, first_face
from espace_tui.cli.parser import CommandGroup
from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.idle import IdleLimits, IdleState, IdleWatch
from espace_tui.journey.itineraries.exercise import exercise_itinerary, practised
from espace_tui.journey.wizard import Wizard
from espace_tui.model.exercise import DEBRIEF, Case, Exercise

if TYPE_CHECKING:
    from espace_tui.activation.use_cases.administration import Invitee
    from espace_tui.backends.port import Backend
    from espace_tui.i18n import Bilingual, Texts
    from espace_tui.model.grants import Message

SEEDS = 10_000
HIDDEN = "hid-screen"
UNTOLD = date(1970, 1, 1)
"""The birth date of who does not say it."""


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("train", run)
    texts = parser.texts
    parser.add_face_options()
    parser.add_argument(
        "case", nargs="?", metavar=texts("cli.metavar.case"), help=texts("cli.train.case")
    )
    parser.add_argument("--list", action="store_true", help=texts("cli.train.list"))
    parser.add_argument("--print", action="store_true", help=texts("cli.train.print"))
    parser.add_argument(
        "--seed", type=int, metavar=texts("cli.metavar.seed"), help=texts("cli.train.seed")
    )
    parser.set_defaults(visit=-1, after="", reference="")  # nobody reads how it ended


def run(context: CommandContext) -> int:
    """Play a case, or tell about the cases."""
    options = context.options
    context.refuse_together("--list", "--print")
    cases = lazy.training.load_cases()
    if options.list:
        return _list(context, cases)
    chosen = _find(options.case, cases) if options.case else None
    nowhere = first_face(context) == NONE
    if options.print or (nowhere and options.json and chosen):
        return _print(context, chosen)
    if nowhere:
        write_error(context.texts, "cli.no-terminal", {})
        return exit_codes.USAGE
    return _play_and_tell(context, cases, chosen)


def _play_and_tell(context: CommandContext, cases: Mapping[str, Case], chosen: Case | None) -> int:
    """Play, then write what was done where that is asked for."""
    options = context.options
    seed = secrets.randbelow(SEEDS) if options.seed is None else options.seed
    with _standard_output_aside(is_wanted=options.json):
        code, played = asyncio.run(_play_all(context, cases, chosen, seed))
    if options.json:
        write_json([_as_played(each) for each in played])
    return code


def _find(named: str, cases: Mapping[str, Case]) -> Case:
    """Return a case of this release by its id or number, or the one of an own file."""
    if named in cases:
        return cases[named]
    if named.isascii() and named.isdigit() and 0 < int(named[:9]) <= len(cases):
        return list(cases.values())[int(named) - 1]
    if os.sep in named or named.endswith(".toml"):
        return lazy.training.read_case(Path(named).expanduser())
    raise InvalidSettings("unknown-case", found=named, nearest=nearest(named, cases))


@contextmanager
def _standard_output_aside(*, is_wanted: bool) -> Iterator[None]:
    """Leave the standard output to what is written at the end, where it is no terminal."""
    if not is_wanted or sys.stdout.isatty() or not sys.stderr.isatty():
        yield
        return
    sys.stdout.flush()
    aside = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(aside, 1)
        os.close(aside)


# --- playing


async def _play_all(
    context: CommandContext, cases: Mapping[str, Case], chosen: Case | None, seed: int
) -> tuple[int, list[Exercise]]:
    """Play one exercise after another, until somebody wants no more."""
    played: list[Exercise] = []
    while True:
        exercise = Exercise(cases, seed, context.texts, chosen)
        async with demo_backend(context, ExerciseGuest(exercise)) as backend:
            code = await _play(context, exercise, backend)
        played += [exercise] if exercise.over else []
        if not exercise.again:
            return code, played
        chosen = None


async def _play(context: CommandContext, exercise: Exercise, backend: Backend) -> int:
    visit = ExerciseVisit(context, exercise)
    step_context, preferences = visit.step_context(backend)
    around = exercise_itinerary(exercise)
    played = (practised(each, exercise) for each in visit.itineraries())
    wizard = Wizard(step_context._replace(on_use=exercise.note_use), around, *played)
    runner = FaceRunner(context, wizard, preferences, visit)
    code = await runner.run(around.first)
    if visit.is_erased and exercise.chosen:
        visit.watch.resume()
        return await runner.run(DEBRIEF)
    return code


class ExerciseWatch(IdleWatch):
    """Hides a screen when somebody asks for it, and never by itself."""

    def __init__(self, limits: IdleLimits, exercise: Exercise) -> None:
        super().__init__(limits)
        self._exercise = exercise

    @override
    def hide(self) -> None:
        self._exercise.note_use(HIDDEN)
        super().hide()


class ExerciseVisit(CounterVisit):
    """A visit that is an exercise: how it ended is said to nobody."""

    def __init__(self, context: CommandContext, exercise: Exercise) -> None:
        super().__init__(context, can_activate=True, is_exercise=True)
        self._limits = self._limits._replace(hide=0)
        self.watch = ExerciseWatch(self._limits, exercise)
        self._exercise = exercise
        self._outcome = ""

    @property
    def is_erased(self) -> bool:
        """Whether the helper, who is still there, had everything erased."""
        return self._outcome in {"erased", "cleared"} and self.watch.state is not IdleState.OVER

    @override
    def note(self, key: str, word: str) -> None:
        super().note(key, word)
        self._exercise.note(key, word)

    @property
    @override
    def needs_alternate_screen(self) -> bool:
        """No: nothing here is anybody's."""
        return False

    @override
    def end_broken(self, error: BaseException) -> None:
        """Say nothing."""

    @override
    def end(self, wizard: Wizard, outcome: str, language: str, face: str) -> None:
        self._outcome = outcome

    @override
    def _end_when_stuck(self) -> None:
        """Do nothing: it is nobody's counter."""


class ExerciseGuest:
    """Who is helped, where they have a message with a code."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise

    def note(self, _first: Message) -> None:
        """Return nothing: what is on the card is read on the card."""

    def invitee(self, language: str) -> Invitee | None:
        """Return who is invited, once a case is chosen."""
        case = self._exercise.chosen
        if case is None or not case.person.invited or case.card is None:
            return None
        person, card = case.person, case.card
        mobile = person.mobile.replace(" ", "").replace("0", "+33", 1)
        return lazy.administration.Invitee(
            first_name=person.name,
            last_name="Exemple",
            birth_date=person.birth_date or UNTOLD,
            nir=person.nir.replace(" ", ""),
            kind=lazy.card_serial.CardKind(card.kind),
            serial=card.serial.replace(" ", ""),
            email=person.email or None,
            mobile=mobile or None,
            language=language,
        )


# --- telling


def _list(context: CommandContext, cases: Mapping[str, Case]) -> int:
    texts = context.texts
    if context.options.json:
        write_json([_sheet(context.texts, case) for case in cases.values()])
        return exit_codes.DONE
    for number, case in enumerate(cases.values(), 1):
        title = texts("guide.words", words=case.title)
        context.write("cli.train.line", number=number, case=case.id, title=title)
    context.write("cli.train.how", example=next(iter(cases)))
    return exit_codes.DONE


def _print(context: CommandContext, case: Case | None) -> int:
    """Write the sheet of whoever plays the person, in words or as JSON."""
    if case is None:
        write_error(context.texts, "cli.train.no-case", {})
        return exit_codes.USAGE
    sheet = _sheet(context.texts, case)
    if context.options.json:
        write_json(sheet)
        return exit_codes.DONE
    for line in _lines(context.texts, sheet):
        write_line(line)
    return exit_codes.DONE


def _lines(texts: Texts, sheet: Mapping[str, Any]) -> Iterator[str]:
    yield texts("exercise.title", title=sheet["title"])
    for key, value in (sheet["person"] | sheet["card"]).items():
        if value:
            shown = _in_words(texts, key, value)
            yield texts("cli.train.row", what=texts(f"cli.train.{key}"), value=shown)
    yield from ("", sheet["says"])
    yield from (texts(f"exercise.paper.{each['kind']}", **each) for each in sheet["papers"])
    name = sheet["person"]["name"]
    for event in sheet["events"]:
        yield from ("", texts(f"exercise.event.{event['kind']}", name=name), event["words"])
        yield from (f"  - {answer['words']}" for answer in event["answers"])
    yield from ("", texts("cli.train.good"))
    yield from (f"  - {each['next_time']}" for each in sheet["good"])


def _in_words(texts: Texts, key: str, value: object) -> str:
    """Return a value of a sheet as it is read."""
    if key == "birth_date":
        return texts.date(date.fromisoformat(str(value)))
    if key == "kind":
        return texts(f"cli.train.kind.{value}")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _sheet(texts: Texts, case: Case) -> dict[str, Any]:
    """Return all that a case holds, in the language of whoever asks."""

    def say(words: Bilingual) -> str:
        return texts("guide.words", words=words)

    card = case.card
    return {
        "id": case.id,
        "title": say(case.title),
        "person": _person(case),
        "card": {"kind": card.kind, "serial": card.serial, "near": list(card.near)} if card else {},
        "says": say(case.says),
        "papers": [{"kind": each.kind, "words": say(each.words)} for each in case.papers],
        "events": [
            {
                "at": list(event.at),
                "kind": event.kind,
                "words": say(event.words),
                "answers": [{"words": say(one.words), "does": one.does} for one in event.reactions],
            }
            for event in case.events
        ],
        "good": [
            {"deed": each.deed, "done": say(each.done), "next_time": say(each.next_time)}
            for each in case.good
        ],
    }


def _person(case: Case) -> dict[str, Any]:
    """Return what is known of who is helped."""
    person = case.person
    known = {
        "name": person.name,
        "age": person.age,
        "birth_date": person.birth_date and person.birth_date.isoformat(),
        "nir": person.nir,
        "email": person.email,
        "mobile": person.mobile,
    }
    return {key: value for key, value in known.items() if value}


def _as_played(exercise: Exercise) -> dict[str, Any]:
    """Return the sheet, and of what a good helper does, what was done."""
    sheet = _sheet(exercise.texts, exercise.case)
    good = [each | {"was_done": exercise.did(each["deed"])} for each in sheet["good"]]
    return {**sheet, "seed": exercise.seed, "good": good}
