"""What a step asks and offers, without a face: fields, blocks, actions, and the step itself.

A face draws these and forwards what was typed. Texts follow from names, so that a step names
nothing twice:

- ``step.<step>.title``, ``step.<step>.lead`` (optional);
- ``field.<text>.label``, ``.hint``, ``.example``, ``.help`` (the last three optional);
- ``field.<text>.review`` and ``.yes``: the label of an answer, and a ticked box (both optional);
- ``choice.<text>.<value>``, ``choice.<text>.<value>.about`` (optional);
- ``action.<name>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, TypeVar, cast

from typing_extensions import override

from espace_tui.errors import FieldProblem, InvalidAnswers, InvalidValue
from espace_tui.i18n import Text

if TYPE_CHECKING:
    from espace_tui.journey.context import StepContext
    from espace_tui.journey.session import Session
    from espace_tui.model.grants import Message
    from espace_tui.model.policy import Policy
    from espace_tui.validators import Advice, Tick


def one_line(text: str) -> str:
    """Return a pasted text on one line: how a field normalizes that has no better way."""
    return " ".join(text.split())


def unmasked(text: str) -> str:
    """Return an answer as it may be shown: the masking of a field that hides nothing."""
    return text


def mask_all(text: str) -> str:
    """Return dots in the place of an answer, always as many: not even its length shows."""
    return "••••••••" if text else ""


def mask_but_last(text: str) -> str:
    """Return dots in the place of an answer, but for its last two characters."""
    dots = "•" * (len(text) - SHOWN_LAST)
    return dots + text[-SHOWN_LAST:] if dots else mask_all(text)


def no_ticks(_text: str) -> tuple[Tick, ...]:
    """Return no rule to tick."""
    return ()


def no_advice(_value: Any) -> tuple[Advice, ...]:  # noqa: ANN401 — a value of any kind
    """Return nothing to look at again."""
    return ()


def groups_of_four(text: str) -> tuple[str, ...]:
    """Return a text in groups of four, to be read aloud or magnified."""
    return tuple(text[i : i + 4] for i in range(0, len(text), 4))


A = TypeVar("A")
SHOWN_LAST = 2
"""Characters that are left of a masked answer whose field has no mask of its own."""
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
"""What a field has that has no values and no words of its own: a default that nobody can change."""
YES = "yes"
"""What a ticked box holds; an unticked one holds nothing."""


class FieldKind(Enum):
    """How a field is answered: a line, a hidden line, one of several, yes or no."""

    TEXT = auto()
    SECRET = auto()
    CHOICE = auto()
    CHECKBOX = auto()


def is_checked(text: str) -> bool:
    """Return whether a box is ticked: a tick is typed as « yes »."""
    return text == YES


class Field(NamedTuple):
    """One thing to answer, bound to the present policy and answers.

    `parse` returns the clean value or raises `InvalidValue`. `normalize` gives what a paste
    becomes. `length` is how many characters a neutral counter counts to (0: no counter), and
    `longer` another such number for an answer that goes beyond it (0: there is none). `prefix` is
    the beginning printed on the card. `picture` names a drawing. `paste` is False where a paste is
    refused, with the reason ``field.<text>.paste``. `probe`: `Step.probe` has something to tell
    once the field is left. `review` is False where the answer only repeats another one.
    `irrelevant`: the other answers make it mean nothing, and the line-by-line face does not ask it.
    `choice_texts` are the words of choices that stand in no catalogue. `many_lines`: the answer is
    a text of several lines that is pasted whole, such as a mail. `narrows`: what is typed changes
    what the others offer. `columns` is how long the answer may be, where `length` does not say it.
    `depends` names the fields whose answers decide what is right here. `printed`: once complete it
    is shown in groups. `reminder`: nothing depends on this box; line by line all are one question.
    """

    name: str
    parse: Callable[[str], Any]
    kind: FieldKind = FieldKind.TEXT
    text_key: str = ""
    choices: tuple[str, ...] = ()
    normalize: Callable[[str], str] = one_line
    groups: Callable[[str], tuple[str, ...]] = groups_of_four
    ticks: Callable[[str], tuple[Tick, ...]] = no_ticks
    advise: Callable[[Any], tuple[Advice, ...]] = no_advice
    mask: Callable[[str], str] = unmasked
    length: int = 0
    longer: int = 0
    prefix: str = ""
    picture: str = ""
    paste: bool = True
    probe: bool = False
    review: bool = True
    irrelevant: bool = False
    magnify: bool = False
    columns: int = 0
    depends: tuple[str, ...] = ()
    printed: bool = False
    values: Mapping[str, object] = NOTHING
    choice_texts: Mapping[str, Text] = NOTHING
    many_lines: bool = False
    narrows: bool = False
    reminder: bool = False

    @override
    def __repr__(self) -> str:
        return f"Field({self.name!r})"

    def masked(self, text: str) -> str:
        """Return an answer as somebody beside the person may see it."""
        if self.kind in {FieldKind.CHOICE, FieldKind.CHECKBOX}:
            return text
        if self.kind is FieldKind.SECRET or self.many_lines:
            return mask_all(text)
        return mask_but_last(text) if self.mask is unmasked else self.mask(text)

    def choice_text(self, value: str) -> Text:
        """Return the words of a choice: its own, or those of the catalogue."""
        own = self.choice_texts.get(value)
        return own or Text(f"choice.{self.text_prefix}.{value}", self.values)

    def choice_about(self, value: str) -> Text:
        """Return what is said of a choice besides, which may be in no catalogue."""
        return Text(f"choice.{self.text_prefix}.{value}.about", self.values)

    def text_for(self, part: str) -> Text:
        """Return a text of the field (``hint``, ``paste`` …), filled with the present rules."""
        return Text(f"field.{self.text_prefix}.{part}", self.values)

    @property
    def width(self) -> int:
        """How wide the field is drawn: what it holds, and 8 cells more."""
        if self.length:
            return len(" ".join(self.groups("0" * max(self.length, self.longer)))) + 8
        return self.columns + 8 if self.columns else 32

    def length_for(self, found: int) -> int:
        """Return how many characters an answer must have, from how many it has."""
        return self.longer if self.longer and found > self.length else self.length

    def grouped(self, text: str) -> str:
        """Return a complete answer as it is printed; any other as it was typed."""
        try:
            self.parse(text)
        except InvalidValue:
            return text
        return " ".join(self.groups(text)) if self.printed else text

    @property
    def text_prefix(self) -> str:
        """The stem of the field's text ids: ``field.<text>.label``."""
        return self.text_key or self.name


class ActionKind(Enum):
    """What an action does: submit the fields, move, go back, act on the service, fill fields in.

    `FACE`: what the face does by itself, as a key would; the wizard has no part in it.
    """

    SUBMIT = auto()
    GO = auto()
    BACK = auto()
    ACT = auto()
    FILL = auto()
    FACE = auto()


class Action(NamedTuple):
    """What a person can do on a step; `target` is where it leads, `field` what `FILL` answers.

    `quiet`: a link. `reveals`: it shows what is hidden; `conceals`: it hides it again. `fills` is
    what `FILL` puts in the fields, where it is known before it is asked for. `face` is what `FACE`
    asks of the face: ``language``, ``theme``, ``linear``… One without it does not offer it.
    """

    name: str
    kind: ActionKind = ActionKind.SUBMIT
    target: str = ""
    field: str = ""
    quiet: bool = False
    reveals: bool = False
    conceals: bool = False
    explicit: bool = False
    """An act that takes effect outside, legally or by a message that is sent: it is chosen by
    itself, never by Enter alone nor because nothing else is left to do."""
    fills: tuple[tuple[str, str], ...] = ()
    face: str = ""

    @override
    def __repr__(self) -> str:
        return f"Action({self.name!r})"


CONTINUE = Action("continue")


class Paragraph(NamedTuple):
    """A paragraph; `strong` where it must not be missed (also said in words)."""

    text: Text
    strong: bool = False


class Bullets(NamedTuple):
    """A list of short texts."""

    texts: tuple[Text, ...]


class Facts(NamedTuple):
    """Labels and what stands for each: text, or plain words as the service gave them."""

    rows: tuple[tuple[Text, Text | str], ...]

    @override
    def __repr__(self) -> str:
        return "Facts()"


class MessageList(NamedTuple):
    """Messages of the local inbox, oldest first; a face shows the newest first or last.

    `brief`: their beginnings are enough to go on; line by line, the rest is read on demand.
    """

    messages: tuple[Message, ...]
    brief: bool = False

    @override
    def __repr__(self) -> str:
        return "MessageList()"


class AllAnswers:
    """The place where a face shows `Wizard.answers()`, each with its way to be modified."""


class Numbers(NamedTuple):
    """Numbers to be copied elsewhere, in groups: a face can show them in large digits."""

    rows: tuple[tuple[Text, tuple[str, ...]], ...]

    @override
    def __repr__(self) -> str:
        return "Numbers()"


class SiteAddress(NamedTuple):
    """An address to be typed by hand: large, and as a picture for a telephone where it fits."""

    shown: str
    url: str


Block = Paragraph | Bullets | Facts | MessageList | AllAnswers | Numbers | SiteAddress


class StepState(NamedTuple):
    """What a step is asked about: made once per change, complete, so that drawing never waits.

    `session` and `policy` are there from the first step that is not `Step.early`. `typed` is what
    stands in the fields of the step. `paste_anywhere` is the accessibility setting that lets a
    paste through in a confirmation field. `consents` is what may be stored on this computer
    (``preferences``, ``log``, ``keyring``); None until the person was asked.
    """

    session: Session
    policy: Policy
    typed: Mapping[str, str]
    paste_anywhere: bool = False
    consents: frozenset[str] | None = None

    @override
    def __repr__(self) -> str:
        return "StepState()"


def parse_fields(fields: Iterable[Field], typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the clean value of every field; raises `InvalidAnswers` with all the problems."""
    values: dict[str, Any] = {}
    problems = []
    for one in fields:
        try:
            values[one.name] = one.parse(typed.get(one.name, ""))
        except InvalidValue as error:
            problems.append(FieldProblem(one.name, error.code, error.values))
    if problems:
        raise InvalidAnswers(problems)
    return values


class Step(Generic[A]):
    """One step of the journey: what it asks, and what its answers do. `A` is its answers model."""

    name: ClassVar[str]
    early: ClassVar[bool] = False
    """Whether the step is shown before anything of the backend is known."""
    refusal: ClassVar[str] = "refused"
    """The text id, after ``refused.``, of a refusal that does not say what was wrong."""
    own_exit: ClassVar[bool] = False
    """Whether the step itself says how one leaves: a face then offers no other way."""

    def title(self, state: StepState) -> Text:
        """Return the title; a step that is made of data has one of its own."""
        return Text(f"step.{self.name}.title")

    def marked(self, title: Text) -> Text:
        """Return its title as it is shown; in an exercise it says that it is one."""
        return title

    def part_of(self, state: StepState) -> str:
        """Return the numbered step that this one belongs to; most belong to none."""
        return ""

    def applies(self, session: Session) -> bool:
        """Tell whether the step has anything to ask of this person."""
        return True

    def done(self, session: Session) -> bool:
        """Tell whether a numbered step is behind this person: going on leads to the first not."""
        return False

    def blocks(self, state: StepState) -> tuple[Block, ...]:
        """Return what there is to read."""
        return ()

    def facts(self, state: StepState) -> tuple[tuple[Text, Text | str], ...]:
        """Return what it shows without asking it (the contacts), for the review."""
        return tuple(row for b in self.blocks(state) if isinstance(b, Facts) for row in b.rows)

    def fields(self, state: StepState) -> tuple[Field, ...]:
        """Return what there is to answer, in reading order."""
        return ()

    def actions(self, state: StepState) -> tuple[Action, ...]:
        """Return what can be done, the main one first."""
        return (CONTINUE,)

    def received(self, state: StepState) -> tuple[Action, ...]:
        """Return what takes a received answer into its field, whatever is typed in it now."""
        return ()

    async def enter(self, context: StepContext, session: Session) -> Session:
        """Fetch what the step shows, when the person arrives."""
        return session

    def build(self, values: Mapping[str, Any], session: Session) -> A:
        """Make the answers model of clean values: the only one; none for a step without fields."""
        return cast("A", next(iter(values.values()), None))

    async def submit(self, context: StepContext, answers: A, session: Session) -> Session:
        """Do what the answers ask; return the session that follows."""
        return session

    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        """Do an action that needs no field."""
        return session

    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        """Return what to put in the fields."""
        return {}

    async def probe(
        self, context: StepContext, session: Session, name: str, text: str
    ) -> tuple[Advice, ...]:
        """Tell what the service thinks of a field's value while the person goes on."""
        return ()
