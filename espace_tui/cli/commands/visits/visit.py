"""``espace-tui visit``: one person at a counter, in a process of their own that ends with them.

Only the parent of the counter starts it. Everything that a visit could leave is left out: the
choices of the person are in memory only, the keyring and the browser are not offered, no log is
kept. How it ended is one line on a pipe.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, cast

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.commands.demo import Camille, demo_backend
from espace_tui.cli.commands.guide import NoBackend
from espace_tui.cli.context import CommandContext
from espace_tui.cli.faces import FaceRunner
from espace_tui.cli.guide_parts import LateDesk, checking, home_context, site_journey
from espace_tui.cli.lazy_backend import open_lazily
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.process import streams
from espace_tui.counter.cleaning import CounterTerminal
from espace_tui.counter.desk import CounterDesk
from espace_tui.counter.prepared import FOLDER
from espace_tui.counter.visit import Visit, VisitRecord, span_of
from espace_tui.errors import Unreachable
from espace_tui.idle import IdleLimits, IdleState, IdleWatch
from espace_tui.journey.context import GuideDesk, Keyring, StepContext
from espace_tui.journey.itineraries import Itinerary
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.counter import (
    GIVE_BACK,
    HAND_OVER,
    PARTING,
    WAITING,
    visit_itinerary,
)
from espace_tui.journey.itineraries.hand_over import secret_steps, with_hand_over
from espace_tui.journey.itineraries.visited import visited
from espace_tui.journey.wizard import Wizard
from espace_tui.local.crash import Crash
from espace_tui.local.own_folder import remove_own_folder
from espace_tui.local.settings import StoredPreferences

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend

OPERATED = "http"
"""The backend of an operator, with whom one may activate here."""
PRACTISES = -1
"""The code of a visit that is to go on as a training."""
LONGER = 3
HANDED_OVER = 2
"""How many times as long the screen is kept while the person alone has the keyboard."""
_STUCK_SECONDS = 3.0
"""How long after everything should be erased a process that still lives ends itself."""


def add(group: CommandGroup) -> None:
    """Add the command, which no help lists."""
    parser = group.add_hidden("visit", run)
    parser.add_face_options()
    parser.add_argument("--exercise", action="store_true")
    parser.add_argument("--visit", type=int, required=True)
    parser.add_argument("--after", choices=("erased", "cleared", "broken"), default="")
    parser.add_argument("--reference", default="")


def run(context: CommandContext) -> NoReturn:
    """Serve one person; « activate here » is for an operator's backend, or an exercise.

    The process then ends at once: the next person would wait for what Python tidies up at its end.
    """
    code = asyncio.run(_exercise(context) if context.options.exercise else _serve(context))
    if code == PRACTISES:
        _become_training(context)
    streams.flush()
    os._exit(code)


def _become_training(context: CommandContext) -> NoReturn:
    """Go on as a training, in the place of this process: the counter waits until it has ended."""
    linear = ["--linear"] if context.settings.linear else []
    words = ["-P", "-m", "espace_tui", "train", "--lang", context.texts.language, *linear]
    os.execv(sys.executable, [sys.executable, *words])


async def _exercise(context: CommandContext) -> int:
    visit = CounterVisit(context, can_activate=True, is_exercise=True)
    async with demo_backend(context, Camille(context.texts)) as backend:
        return await _walk(context, backend, visit)


async def _serve(context: CommandContext) -> int:
    settings = context.settings
    operated = settings.backend == OPERATED
    visit = CounterVisit(context, can_activate=operated, is_exercise=False)
    backend = (
        open_lazily(settings.backend, settings.backend_options, context.standard_options())
        if operated
        else cast("Backend", NoBackend(site_journey(context)))
    )
    return await _walk(context, backend, visit)


async def _walk(context: CommandContext, backend: Backend, visit: CounterVisit) -> int:
    step_context, preferences = visit.step_context(backend)
    try:
        wizard = Wizard(step_context, *visit.itineraries())
        code = await FaceRunner(context, wizard, preferences, visit).run("")
    except Exception as error:
        visit.end_broken(error)
        raise
    else:
        return PRACTISES if visit.practises else code
    finally:
        await backend.aclose()


class NoKeyring:
    """In the place of the computer's keyring, which is nobody's here."""

    async def name(self) -> str:
        """Refuse."""
        raise Unreachable("keyring-off")

    async def save(self, _identifier: str, _password: str) -> None:
        """Refuse."""
        raise Unreachable("keyring-off")

    async def load(self) -> tuple[str, str] | None:
        """Refuse."""
        raise Unreachable("keyring-off")


class CounterVisit(CounterDesk):
    """The visit of one person; it is what the steps note on (`VisitNotes`)."""

    def __init__(self, context: CommandContext, *, can_activate: bool, is_exercise: bool) -> None:
        super().__init__(context.environment)
        settings = context.settings
        self.is_exercise = is_exercise
        self.is_locked = settings.counter_lock
        self.counts = settings.counter_counts and not is_exercise
        self.place = settings.counter_place
        self.after: str = context.options.after
        self.reference: str = context.options.reference
        self._context = context
        self.can_activate = can_activate
        self.purposes = tuple(
            each for each in settings.counter_screens if each != "here" or can_activate
        )
        self._pipe: int = context.options.visit
        self.checks_numbers = settings.counter_numbers
        self.concealed = False
        self.handed_over = False
        self.pending = WAITING
        self.lent_at = ""
        self._record = VisitRecord()
        self._began = time.monotonic()
        self._is_said = False
        self.practises = False
        self._limits = IdleLimits(settings.counter_hide, settings.counter_wipe)
        self.watch = IdleWatch(self._limits._replace(hide=0))  # nobody sits down yet
        self.is_longer = False
        self._end_when_stuck()

    # --- what the steps ask

    def note(self, key: str, word: str) -> None:
        """Note a word of the closed lists."""
        if key == "reached" and not self.get("reached"):  # somebody sits down
            self._began = time.monotonic()
            self.watch.begin(self._limits)
        self._record.note(key, word)

    def get(self, key: str) -> str:
        """Return what was noted."""
        return self._record.get(key)

    def set_longer(self, *, longer: bool) -> None:
        """Keep the screen longer, or as usual."""
        self.is_longer = longer
        self._set_limits()

    def hand_over(self, *, given: bool) -> None:
        """Take note of who has the keyboard: a password is typed slowly."""
        self.handed_over = given
        self.lent_at = self.lent_at if given else ""
        self._set_limits()

    def _set_limits(self) -> None:
        longer = LONGER if self.is_longer else 1
        self.watch.set_longer(longer * (HANDED_OVER if self.handed_over else 1))

    # --- what is masked

    @property
    def always(self) -> bool:
        """Whether what one types is masked too."""
        return self._context.settings.counter_mask == "always"

    @property
    def may_reveal(self) -> bool:
        """Whether secrets may be shown now."""
        return self.handed_over

    def change_hands(self, step_name: str) -> str:
        """Return the step by which the keyboard changes hands before one comes back to a step."""
        self.pending = step_name
        self.lent_at = "" if self.handed_over else step_name
        return GIVE_BACK if self.handed_over else HAND_OVER

    @property
    def hides_after(self) -> int:
        """Seconds without a key before the screen is hidden; 0: never by itself."""
        return int(self._limits.longer(LONGER if self.is_longer else 1).hide)

    @property
    def erases_after(self) -> int:
        """Seconds hidden before everything is erased."""
        return int(self._limits.longer(LONGER if self.is_longer else 1).erase)

    # --- what the wizard is made of

    def itineraries(self) -> tuple[Itinerary, ...]:
        """Return the visit, and what it leads to."""
        site = site_journey(self._context, home=PARTING, home_action="to_parting")
        others = (
            visited(lazy.guide.guide_itinerary(site), self),
            checking(),
            *((visited(ACTIVATION, self),) if self.can_activate else ()),
        )
        is_secret = secret_steps(self, site)
        handing = (with_hand_over(each, self, is_secret) for each in others)
        return visit_itinerary(self), *handing

    def step_context(self, backend: Backend) -> tuple[StepContext, StoredPreferences]:
        """Return what the steps may ask of the outside, and choices that nobody is asked for."""
        preferences = StoredPreferences(None, paste_anywhere=self._context.settings.paste_anywhere)
        preferences.choose(frozenset())
        context = home_context(self._context, backend, preferences, cast("Keyring", NoKeyring()))
        desk = cast("GuideDesk", LateDesk(self._context, at_counter=True))
        return context._replace(guide=desk, receipts=None, masks=self), preferences

    # --- its end

    def end(self, wizard: Wizard, outcome: str, language: str, face: str) -> None:
        """Say on the pipe how it ended."""
        self.practises = outcome == "train"
        served = bool(self._record.get("reached"))
        fallback = "left" if wizard.step_name == WAITING and not served else "other"
        certain = {"erased": "erased", "cleared": "cleared", "crashed": "broken"}
        ends = {"train": "practised", "done": "finished", **certain}
        self._record.note("language", language)
        self._record.note("face", face)
        self._record.note("span", span_of(time.monotonic() - self._began))
        visit = self._record.ended(ends.get(outcome, fallback))
        if outcome in certain:
            visit = replace(visit, words={**visit.words, "end": certain[outcome]})
        self._say(visit)

    def end_broken(self, error: BaseException) -> None:
        """Say that a bug ended it, and the name of the bug."""
        visit = self._record.ended("broken")
        words = {**visit.words, "end": "broken"}
        self._say(Visit(words, Crash.of(error).reference))

    def _say(self, visit: Visit) -> None:
        """Say a visit on the pipe, once."""
        if not self._is_said:
            self._is_said = True
            with suppress(OSError):
                os.write(self._pipe, visit.line())

    def _end_when_stuck(self) -> None:
        """Watch in a thread of its own: end the process when its parent is gone, or too late.

        What the parent leaves when it is killed is cleaned up here.
        """
        parent = os.getppid()
        terminal = CounterTerminal(0, self._context.environment) if os.isatty(0) else None

        def look() -> None:
            late = 0.0
            while os.getppid() == parent and late < _STUCK_SECONDS:
                time.sleep(0.5)
                late = late + 0.5 if self.watch.state is IdleState.OVER else 0.0
            if terminal:
                terminal.clean()
                terminal.restore()
            remove_own_folder(FOLDER)
            os._exit(exit_codes.FAILED)

        threading.Thread(target=look, name="visit", daemon=True).start()
