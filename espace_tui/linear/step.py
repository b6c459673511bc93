"""Running one step: it is announced, its fields are asked, then what can be done is offered.

What comes next is the wizard's business. Which question comes next is read from the view: the
fields in order, those that hold no answer yet, beginning with the one the person was in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from espace_tui.i18n import LANGUAGES, Text
from espace_tui.journey.form import ActionKind, Field, FieldKind
from espace_tui.journey.itineraries.counter import NOTHING_SECRET_AT
from espace_tui.journey.view import View
from espace_tui.linear.actions import (
    NextAction,
    after_questions,
    choose_action,
    choose_answer,
    default_action,
    go_on,
    is_explicit,
    next_actions,
)
from espace_tui.linear.blocks import read_blocks
from espace_tui.linear.command_names import Command
from espace_tui.linear.commands import show_secrets
from espace_tui.linear.field import FIRST_ASK, AskReason, ask_field
from espace_tui.linear.field_text import answer_text, say_together
from espace_tui.linear.problems import correct_problems, review_advice
from espace_tui.linear.prompt import Conversation, Destination, Navigate, Question
from espace_tui.linear.speaker import Speaker
from espace_tui.linear.waiting import wait_for


class StepRunner:
    """Runs one step, from arriving at it until the wizard moves or the person leaves.

    `first_field` is a field to ask before the others, `at_end` whether the list of actions comes
    next. `handled` are the problems or the advice already gone through, `again` submits again what
    was submitted last, `refused` tells whether it was refused and no answer changed since,
    `turn` why the next field is asked.
    """

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.wizard = conversation.wizard
        self.speaker = conversation.speaker
        self.step_name = self.wizard.step_name
        self.conversation.asked_fields.clear()
        self.conversation.left_unread = self.conversation.reads_all = False
        self.first_field = self.wizard.focus
        self.announced = False
        self.at_end = False
        self.handled: tuple[object, ...] = ()
        self.again = partial(self._submit, "")
        self.refused = False
        self.reason = FIRST_ASK

    async def run(self) -> None:
        """Do one thing after the other until `Navigate` leads to another step, or out."""
        while True:
            try:
                await self._next()
            except Navigate as navigation:
                await self._navigate(navigation)

    async def _next(self) -> None:
        view = self.wizard.view()
        if not self.announced:
            self.announced = True
            questions_follow = not self.at_end and bool(self.first_field or self._unanswered(view))
            await announce(self.conversation, view, questions_follow=questions_follow)
        elif (found := view.problems or view.advice) and found is not self.handled:
            self.handled = found
            if view.problems:
                await correct_problems(self.conversation, view.problems)
            else:
                await review_advice(self.conversation, view)
            if is_explicit(view):  # corrected is not confirmed
                self.at_end = True
            else:
                await self.again()
        elif not self.at_end and (name := self._next_field(view)):
            reason, self.reason = self.reason, FIRST_ASK
            await ask_field(self.conversation, view, name, reason)
        else:
            await self._offer_actions(view)

    async def _navigate(self, navigation: Navigate) -> None:
        match navigation.destination:
            case Destination.BACK:
                await self._back()
            case Destination.ACTIONS:
                self.at_end = True
            case Destination.REPEAT:
                self.announced = False
            case Destination.FILL:
                await self._submit(navigation.value, fills=True)
            case _:
                raise navigation

    # --- the questions

    def _next_field(self, view: View) -> str:
        """Return the name of the field to ask now; empty when none is left."""
        first, self.first_field = self.first_field, ""
        if any(field.name == first for field in view.fields):
            return first
        return self._unanswered(view)

    def _unanswered(self, view: View) -> str:
        """Return the name of the first field without an answer that was not asked yet."""
        asked = self.conversation.asked_fields
        for field in view.fields:
            if not (field.irrelevant or field.name in asked or view.typed.get(field.name)):
                return field.name
        return ""

    async def _back(self) -> None:
        """Go back to the field before this one; from the end, to the last that was asked."""
        names, current = [field.name for field in self.wizard.view().fields], self.wizard.focus
        asked = self.conversation.asked_fields
        before = names[: names.index(current)] if current in names else asked
        if before:
            self.first_field, self.at_end = before[-1], False
        elif self.wizard.can_go_back:
            self._after(done=await wait_for(self.speaker, self.wizard.back()))
        else:
            self.speaker.say_error("linear.back.first")
            self.speaker.begin_block()

    # --- the end of the step

    async def _offer_actions(self, view: View) -> None:
        self.wizard.focus = ""
        with_fields = self.at_end or not self.conversation.asked_fields
        found = next_actions(
            self.speaker,
            view,
            with_fields=with_fields,
            may_quit=not self.wizard.step.own_exit,
            unread=self.conversation.left_unread,
        )
        if len(found) == 1 and not (with_fields or is_explicit(view)):
            await self._do(found[0])
        elif not with_fields and after_questions(view, found):
            await self._do(await go_on(self.conversation, found))
        else:
            default = default_action(view, found, refused=self.refused)
            await self._do(await choose_action(self.conversation, found, default))

    async def _do(self, action: NextAction) -> None:
        match action.kind:
            case "answer":
                self.at_end, self.refused = True, False
                await ask_field(self.conversation, self.wizard.view(), action.name)
            case "modify":
                await self._modify()
            case "read":
                self.conversation.left_unread, self.conversation.reads_all = False, True
                self.announced = False
            case "retry":
                self._after(done=await wait_for(self.speaker, self.wizard.retry()))
            case "quit":
                await self.conversation.run_command(Question(""), Command("quit"))
            case "train":
                raise Navigate(Destination.LEAVE, "train")
            case "language":
                here = self.speaker.texts.language
                other = next(each for each in LANGUAGES if each != here)
                await self.conversation.run_command(Question(""), Command("language", other))
            case _:
                await self._submit(action.name, fills=action.kind == "fill")

    async def _modify(self) -> None:
        if answer := await choose_answer(self.conversation):
            done = await wait_for(self.speaker, self.wizard.jump(answer.step))
            if done:
                self.wizard.focus = answer.field.name
            self._after(done=done)

    async def _submit(self, name: str, *, fills: bool = False) -> None:
        """Do an action of the step; one that `fills` fields in stays there."""
        self.again = partial(self._submit, name, fills=fills)
        before = dict(self.wizard.typed) if fills else {}
        done = await wait_for(self.speaker, self.wizard.submit(name))
        if done and fills:
            self.at_end = False
            self.first_field = await say_filled(self.conversation, self.wizard.view(), before)
        else:
            self._after(done=done)

    def _after(self, *, done: bool | None) -> None:
        """Go where the wizard went, or say what stops the person here."""
        if self.wizard.itinerary.exits_at(self.wizard.step_name):
            raise Navigate(Destination.LEAVE, "done")
        if done or self.wizard.step_name != self.step_name:
            raise Navigate(Destination.MOVED)
        view = self.wizard.view()
        self.at_end = not (view.problems or view.advice)
        self.refused = view.alert is not None and not view.retry
        say_alert(self.speaker, view)
        fields = [field.name for field in view.fields if not field.irrelevant]
        wrong = view.alert is not None and view.alert.id == f"refused.{self.wizard.step.refusal}"
        if wrong and len(fields) == 1 and not is_explicit(view):
            self.at_end = self.refused = False
            self.reason = AskReason(format_said=True, afresh=True)
            self.first_field = fields[0]
            _say_lead(self.speaker, _other_actions(self.speaker, view))


# --- arriving at the step


async def announce(conversation: Conversation, view: View, *, questions_follow: bool) -> None:
    """Say where the person is, what happened, what there is to read, and what else can be done.

    What can be done is said before questions only: without them, the list of it comes next.
    """
    speaker = conversation.speaker
    if view.step_name in NOTHING_SECRET_AT:
        speaker.console.clear()
    speaker.begin_block()
    _say_title(speaker, view)
    if view.notice:
        speaker.say_block(view.notice)
    say_alert(speaker, view)
    lead = "" if speaker.short else speaker.text_if_any(view.lead)
    others = _other_actions(speaker, view) if questions_follow else ""
    if view.blocks:
        _say_lead(speaker, lead)
        await read_blocks(conversation, view.blocks)
        _say_lead(speaker, others)
    else:
        _say_lead(speaker, lead, others)
    if conversation.wizard.finished:
        conversation.completed = True
        speaker.ring_bell()


def _say_title(speaker: Speaker, view: View) -> None:
    if view.number:
        values = {"number": view.number, "count": view.total, "title": view.title}
        speaker.say_title(Text("linear.step", values))
    else:
        speaker.say_title(view.title)
    if view.next_title and not speaker.short:
        speaker.say("linear.following", title=view.next_title)


def say_alert(speaker: Speaker, view: View) -> None:
    """Say what concerns the whole step: a refusal, a service that does not answer."""
    if view.alert:
        speaker.begin_block()
        speaker.say_error(view.alert)
        speaker.begin_block()


def _say_lead(speaker: Speaker, *paragraphs: str) -> None:
    """Say what belongs to the title, on lines that follow it."""
    if any(paragraphs):
        speaker.continue_block()
        say_together(speaker, paragraphs)
        speaker.begin_block()


def _other_actions(speaker: Speaker, view: View) -> str:
    """Return what can be done instead of answering."""
    others = [action for action in view.actions[1:] if action.kind is not ActionKind.BACK]
    if not (view.fields and others):
        return ""
    if speaker.short:
        return speaker.texts(Text("linear.ways.short", count=len(others)))
    names = speaker.join_items([speaker.texts(f"action.{each.name}") for each in others])
    return speaker.texts("linear.ways", names=names)


# --- after fields were filled in: a proposed password, what the keyring held


async def say_filled(conversation: Conversation, view: View, before: Mapping[str, str]) -> str:
    """Say which fields were filled in; return the name of the one to ask now, if any.

    When a secret was filled in and another was not, the other is where it must be typed again: the
    first is shown if the person wants it.
    """
    speaker = conversation.speaker
    filled = [f for f in view.fields if view.typed.get(f.name) != before.get(f.name)]
    speaker.begin_block()
    for field in filled:
        _say_filled_field(conversation, view, field)
    speaker.begin_block()
    if not any(field.kind is FieldKind.SECRET for field in filled):
        return ""
    others = [f.name for f in view.fields if f.kind is FieldKind.SECRET and f not in filled]
    if not others:
        return ""
    if await conversation.confirm(Text("linear.show.sure")):
        await show_secrets(conversation, Question(""), "")
    return others[0]


def _say_filled_field(conversation: Conversation, view: View, field: Field) -> None:
    speaker, text = conversation.speaker, view.typed.get(field.name, "")
    if field.kind is FieldKind.SECRET:
        conversation.shown_secrets.discard((view.step_name, field.name))
        values = {"label": field.text_for("label")}
        speaker.say(Text("linear.filled.secret", values, len(text)))
    else:
        value = answer_text(speaker, field, text)
        speaker.say("linear.filled", label=field.text_for("label"), value=value)
