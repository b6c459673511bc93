"""An exercise: somebody invented is helped, things happen meanwhile, and what was done is told.

A `Case` is data. An `Exercise` is one play of it: it drops the events where they are due, and
remembers what the helper really did, in memory only. What a good helper does is a closed list: what
is seen in the play itself (`SEEN`), and what is chosen when something happens (`CHOSEN`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

from espace_tui.i18n import Bilingual, Texts

PARTING, OVER = "counter_parting", "counter_over"
CHOOSING, BRIEFING, DEBRIEF = "exercise_choice", "exercise_briefing", "exercise_debrief"
EVENT = "exercise_event_"
"""What the name of the step of an event begins with."""

EVENTS = frozenset({"says", "shows", "sms", "door", "alarm"})
"""How something happens: the person says or shows it, or it comes from elsewhere."""
PAPERS: Mapping[str, tuple[str, ...]] = {
    "letter": ("message", "identification", "guide_message", "check_message"),
    "mail": ("message", "identification", "guide_message", "check_message"),
    "phone": ("guide_reach", "contacts", "check_message"),
    "notebook": (),
}
"""What a person may have brought, and the steps at which it lies on the table."""
CARD_STEPS = ("identification", "identity", "card", "guide_numbers")
"""The steps at which the card lies on the table."""
PREFIX = "8025000002"
MOMENTS = frozenset(
    {
        *("counter_posture", "counter_agreement", "counter_absent", "counter_purpose"),
        *("counter_parting", "check_message", "message", "prerequisites", "identification", "card"),
        *("decision", "opposition", "contacts", "credentials", "review", "guide_for", "guide_goal"),
        *("guide_reach", "guide_message", "guide_numbers", "guide_ready", "guide_identifier"),
        *("guide_password", "guide_open"),
    }
)
"""The steps before which something may happen."""

SEEN = frozenset(
    {
        *("let-them-type", "asked-agreement", "handed-over", "used-magnifier", "used-easy-words"),
        *("changed-language", "went-line-by-line", "hid-screen", "stopped-absent"),
        *("contacts-first", "sent-elsewhere", "another-day", "named-fraud", "chose-child"),
        *("checked-message", "finished"),
    }
)
"""What is seen in the play itself."""
CHOSEN = frozenset(
    {
        *("took-time", "read-back", "named-caisse", "stopped-fraud", "typed-address"),
        *("spoke-slowly", "stayed-neutral", "read-consequences", "own-account", "said-aloud"),
        *("looked-away", "gave-back", "wrote-nothing", "offered-appointment"),
        *("named-representative", "explained-opened"),
    }
)
"""What is chosen when something happens."""
ASIDE = "aside"
"""What an answer leads to besides going on: the visit ends here, kindly."""

_BY_NOTE: Mapping[str, tuple[str, str]] = {
    "let-them-type": ("posture", "beside"),
    "contacts-first": ("end", "contacts"),
    "sent-elsewhere": ("end", "elsewhere"),
    "another-day": ("end", "later"),
    "named-fraud": ("end", "fraud"),
    "chose-child": ("purpose", "child"),
}
_BY_STEP: Mapping[str, frozenset[str]] = {
    "asked-agreement": frozenset({"counter_agreement"}),
    "handed-over": frozenset({"counter_hand_over"}),
    "stopped-absent": frozenset({"counter_absent"}),
    "checked-message": frozenset({"check_message"}),
}
"""What is done once one has gone on from a step."""
_FINISHED = frozenset({"done", "opposed", "guide_end"})
"""The steps at which what one came for is done."""


@dataclass(frozen=True, slots=True)
class CasePerson:
    """Who is helped: invented, with numbers that belong to nobody."""

    name: str
    age: int | None
    birth_date: date | None
    nir: str
    email: str
    mobile: str
    invited: bool
    """Whether a message with a code is waiting for them in the throw-away store."""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """What is printed on a card: its kind, its number, and what one may take for it."""

    kind: str
    serial: str
    near: tuple[str, ...]

    @property
    def printed(self) -> str:
        """The number as it stands on the card, with its constant beginning."""
        return f"{PREFIX} {self.serial}" if self.kind == "photo" else self.serial


@dataclass(frozen=True, slots=True)
class Paper:
    """Something a person brought."""

    kind: str
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something a helper may do when something happens; `does` is of `CHOSEN`, or nothing."""

    words: Bilingual
    does: str
    leads: str


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """Something that happens before the first of some steps that is reached."""

    at: tuple[str, ...]
    kind: str
    words: Bilingual
    reactions: tuple[Reaction, ...]


@dataclass(frozen=True, slots=True)
class GoodDeed:
    """What a good helper does here, as it is told when it was done and when it was not."""

    deed: str
    done: Bilingual
    next_time: Bilingual


@dataclass(frozen=True, slots=True)
class Case:
    """One exercise, as a file has it."""

    id: str
    title: Bilingual
    says: Bilingual
    person: CasePerson
    card: CaseCard | None
    papers: tuple[Paper, ...]
    events: tuple[CaseEvent, ...]
    good: tuple[GoodDeed, ...]


@dataclass
class Exercise:
    """One play of a case; the same seed plays the same for everybody of a group."""

    cases: Mapping[str, Case]
    seed: int
    texts: Texts
    chosen: Case | None = None
    again: bool = False
    """Whether another exercise is wanted after this one."""
    over: bool = False
    """Whether the debrief was reached."""
    _notes: dict[str, str] = field(default_factory=dict)
    """What the steps of the visit noted, by key."""
    _done: set[str] = field(default_factory=set)
    _left: set[str] = field(default_factory=set)
    _happened: set[int] = field(default_factory=set)
    _messages: list[Bilingual] = field(default_factory=list)
    _aside: set[int] = field(default_factory=set)
    _first_language: str = ""

    @property
    def case(self) -> Case:
        """The case that is played."""
        if self.chosen is None:
            raise LookupError(CHOOSING)
        return self.chosen

    def choose(self, case_id: str) -> None:
        """Begin a case."""
        self.chosen = self.cases[case_id]

    # --- what happens on the way

    def detour_for(self, target: str) -> str:
        """Return a step, or what is due to happen before it; the name tells what follows."""
        waiting = (n for n in range(len(self.case.events)) if n not in self._happened)
        due = next((n for n in waiting if target in self.case.events[n].at), None)
        return target if due is None else f"{EVENT}{due}:{target}"

    def after(self, event_step: str) -> str:
        """Return what follows something that happened."""
        number, _, target = event_step.removeprefix(EVENT).partition(":")
        return PARTING if int(number) in self._aside else target

    def arrive(self, step_name: str) -> None:
        """Take note of a step that was reached."""
        if step_name in _FINISHED:
            self._done.add("finished")

    def leave(self, step_name: str) -> None:
        """Take note of a step whose answers were accepted."""
        self._left.add(step_name)
        self._look_around()

    def event(self, number: int) -> CaseEvent:
        """Return an event by its number."""
        return self.case.events[number]

    def react(self, number: int, name: str | None) -> None:
        """Take note of what was done when something happened."""
        event = self.case.events[number]
        self._happened.add(number)
        if event.kind == "sms":
            self._messages.append(event.words)
        if name is not None:
            reaction = self.reactions(number)[name]
            self._done |= {reaction.does} - {""}
            self._aside |= {number} if reaction.leads == ASIDE else set()

    @property
    def message(self) -> str:
        """The last message that can be checked: one that came, or that the person brought."""
        brought = (each.words for each in self.case.papers if each.kind in {"mail", "phone"})
        found = [*brought, *self._messages]
        return self.texts("guide.words", words=found[-1]) if found else ""

    def reactions(self, number: int) -> Mapping[str, Reaction]:
        """Return what may be done when something happens, by name, in the order of the seed."""
        named = {f"{i}": each for i, each in enumerate(self.case.events[number].reactions, 1)}

        def place(name: str) -> int:
            return crc32(f"{self.seed}/{self.case.id}/{number}/{name}".encode())

        return {name: named[name] for name in sorted(named, key=place)}

    # --- what was done

    def note_use(self, what: str) -> None:
        """Take note of something of the assistant that was used."""
        self._done.add(what)

    def note(self, key: str, word: str) -> None:
        """Take note of what a step of the visit noted."""
        self._notes[key] = word

    def finish(self) -> None:
        """Take note that the debrief was reached."""
        self._look_around()
        self.over = True

    def _look_around(self) -> None:
        """Take note of how one is reading: it may change at any time."""
        self._first_language = self._first_language or self.texts.language
        if self.texts.language != self._first_language:
            self._done.add("changed-language")
        if self.texts.easy:
            self._done.add("used-easy-words")
        if self._notes.get("face") == "linear":
            self._done.add("went-line-by-line")

    def did(self, deed: str) -> bool:
        """Tell whether something was done."""
        key, word = _BY_NOTE.get(deed, ("", ""))
        noted = bool(key) and self._notes.get(key) == word
        return deed in self._done or noted or bool(_BY_STEP.get(deed, frozenset()) & self._left)

    def done(self) -> Sequence[GoodDeed]:
        """Return what was done of what a good helper does."""
        return [each for each in self.case.good if self.did(each.deed)]

    def next_time(self) -> Sequence[GoodDeed]:
        """Return what was not."""
        return [each for each in self.case.good if not self.did(each.deed)]
