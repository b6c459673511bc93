"""« Vérifier un message reçu »: pasted whole, judged in a process of its own, never « authentic ».

The result comes first, then its signs, then what to do; the text of the message is not shown again.
"""

from __future__ import annotations

import re
from typing import ClassVar

from typing_extensions import override

from espace_tui.errors import FieldProblem, InvalidAnswers, InvalidValue
from espace_tui.guide.message import sentences
from espace_tui.guide.message.letter import Letter
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    Paragraph,
    Step,
    StepState,
    mask_all,
)
from espace_tui.journey.session import Session

LINE_END = " ⏎ "
"""What stands for the end of a line where a field has only one."""
_LINE_END = re.compile(" ?⏎ ?|\r\n?|\n")


class CheckMessageStep(Step[str]):
    """Asks for the message, then shows what speaks for and against it."""

    name: ClassVar[str] = "check_message"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        letter = state.session.letter
        return _told(letter) if letter else (Paragraph(Text("check.how")),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        if state.session.letter:
            return ()
        return (
            Field(
                "pasted_message",
                _parse,
                normalize=normalize,
                mask=mask_all,
                many_lines=True,
                review=False,
            ),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        questions = Action("no_message_file", ActionKind.GO, "check_questions", quiet=True)
        if state.session.letter is None:
            return (Action("judge_message"), questions)
        again = Action("another_message", ActionKind.ACT, self.name)
        return (Action("return", ActionKind.BACK), again, questions)

    @override
    async def submit(self, context: StepContext, answers: str, session: Session) -> Session:
        if context.letterbox is None:
            return session
        try:
            letter = await context.letterbox.read(answers)
        except InvalidValue as error:
            problem = FieldProblem("pasted_message", error.code, error.values)
            raise InvalidAnswers([problem]) from None
        return session.with_(letter=letter)

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        return session.with_(letter=None)


def normalize(text: str) -> str:
    """Return a pasted message on one line, in which the ends of lines can be found again.

    A line that goes on with a header, in the source of a mail, still begins with a space.
    """
    return LINE_END.join(map(_tidied, _LINE_END.split(text.strip())))


def _tidied(line: str) -> str:
    words = " ".join(line.split())
    return f" {words}" if words and line[0].isspace() else words


def _parse(text: str) -> str:
    if not text.strip():
        raise InvalidValue("pasted_message.missing")
    return _LINE_END.sub("\n", text)


def _told(letter: Letter) -> tuple[Block, ...]:
    result = Text("check.result", {"verdict": sentences.title(letter.verdict)})
    return (
        Paragraph(result, strong=True),
        Bullets(tuple(map(sentences.weighed, letter.findings))),
        *(Paragraph(text) for text in sentences.advice(letter.verdict)),
        *_heads(letter),
    )


def _heads(letter: Letter) -> tuple[Block, ...]:
    """Return who a message says it is from; quoted and indented, it cannot pass for our words."""
    said = {"sender": letter.sender, "subject": letter.subject}
    rows = tuple(Text(f"check.{name}", {"what": what}) for name, what in said.items() if what)
    return (Bullets(rows),) if rows else ()


STEP = CheckMessageStep()
