"""What the keys and buttons of a step do: call the wizard or open a dialog; they decide nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.binding import Binding, BindingType

from espace_tui.i18n import Text
from espace_tui.journey.context import MAGNIFIER
from espace_tui.journey.form import ActionKind, Field, FieldKind, Numbers
from espace_tui.journey.wizard import Wizard
from espace_tui.screens import dialogs
from espace_tui.widgets.answers import AnswerList
from espace_tui.widgets.page import Page
from espace_tui.widgets.ui_text import KEYS, UiText

if TYPE_CHECKING:
    from espace_tui.widgets.fields.field_row import FieldRow


class AppPort(Protocol):
    """What the app offers to a step's screen."""

    async def call_wizard(self, call: Callable[[], Awaitable[object]]) -> None:
        """Call the wizard, then show where that led."""
        ...

    def cancel_call(self) -> bool:
        """Cancel the call under way; return whether there was one."""
        ...

    async def sync_screen(self) -> None:
        """Show the wizard's current step, if that could not be done before."""
        ...

    def run_action(self, action: str) -> Awaitable[bool]:
        """Run an action of Textual."""
        ...


def _binding(name: str) -> Binding:
    return Binding(KEYS[name], name, id=name, priority=True, show=False)


class StepActions(Page[None]):
    """The actions of a step's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *map(_binding, ("help", "answers", "reveal", "magnify", "menu", "continue", "back"))
    ]
    ui: UiText
    wizard: Wizard
    rows: dict[str, FieldRow]

    @property
    def port(self) -> AppPort:
        """The app."""
        return cast("AppPort", self.app)

    @property
    def main_label(self) -> Text:
        """The label of F10; an action that takes effect at once has its own button only."""
        main = self.wizard.view().actions[0]
        if main.kind is ActionKind.ACT:
            return Text("face.do.continue")
        short = f"face.main.{main.name}"
        return Text(short if self.ui.texts.has(short) else f"action.{main.name}")

    @property
    def current_field(self) -> Field | None:
        """The field that has the focus, or had it last."""
        row = self.rows.get(self.wizard.focus)
        return row.field if row else None

    # --- calls

    async def action_submit(self, name: str) -> None:
        """Do an action of the step, or what it asks of the app."""
        offered = self.wizard.view().offered
        face = next((one.face for one in offered if one.name == name and one.face), "")
        if face:
            await self.port.run_action(f"app.{face}")
        else:
            await self.port.call_wizard(partial(self.wizard.submit, name))

    async def action_continue(self) -> None:
        """Do the main action; one that takes effect at once is only focused, to be chosen."""
        main = self.wizard.view().actions[0]
        if main.kind is ActionKind.ACT:
            self.set_focus(self.query("ButtonBar TextButton").first())
        else:
            await self.action_submit(main.name)

    async def action_retry(self) -> None:
        """Make the same call again."""
        await self.port.call_wizard(self.wizard.retry)

    async def action_back(self) -> None:
        """Cancel the call under way, or go back; never leave."""
        if self.port.cancel_call():
            return
        if self.wizard.can_go_back:
            await self.port.call_wizard(self.wizard.back)
        else:
            self.show_hint(self.ui.translate("no.back", key=self.ui.key_name("leave")))

    async def action_jump(self, step: str) -> None:
        """Go to a step that was reached before."""
        await self.port.call_wizard(partial(self.wizard.jump, step))

    # --- within the screen

    async def action_enter(self) -> None:
        """Focus the next field; from the last one, continue."""
        names = list(self.rows)
        if self.wizard.focus != names[-1]:
            self.action_focus_field(names[names.index(self.wizard.focus) + 1])
        else:
            await self.action_continue()

    def action_focus_field(self, name: str) -> None:
        """Focus a field."""
        self.set_focus(self.rows[name].control)

    def action_use_suggestion(self, name: str, text: str) -> None:
        """Put a suggestion in a field."""
        self.rows[name].set_text(text)
        self.rows[name].show_remarks((), ())
        self.rows[name].info.show_advice()
        self.action_focus_field(name)

    async def action_reveal(self) -> None:
        """Show what is masked on the step, or mask it again; or what is shown on request only."""
        revealing = next((each for each in self.wizard.view().actions if each.reveals), None)
        if revealing:
            await self.action_submit(revealing.name)
            return
        secrets = [row for row in self.rows.values() if row.field.kind is FieldKind.SECRET]
        masked = [*secrets, *self.query(AnswerList)]
        shown = [*(masked if self.ui.may_reveal else ()), *self._field_masked_while_typed()]
        for each in dict.fromkeys(shown):
            each.toggle_reveal()
        if not shown:
            self.show_hint(self.ui.translate("no.reveal.now" if masked else "no.reveal"))
        self.say_what_reveal_does()

    def _field_masked_while_typed(self) -> list[FieldRow]:
        """Return the field one is in, where it is masked even so, unless it holds a secret."""
        row = self.rows.get(self.wizard.focus)
        always = self.ui.masks is not None and self.ui.masks.always
        return [row] if row and always and row.field.kind is FieldKind.TEXT else []

    def say_what_reveal_does(self) -> None:
        """Name the key by what it would do now: show, or mask again."""

    @property
    def reveal_function(self) -> str:
        """What F3 does here: « reveal », or « conceal » once something is shown."""
        rows = any(row.revealed for row in self.rows.values())
        shown = rows or any(each.unmasked for each in self.query(AnswerList))
        hides = any(each.conceals for each in self.wizard.view().actions)
        return "conceal" if shown or hides else "reveal"

    action_reveal_all = action_reveal

    # --- dialogs

    def action_help(self) -> None:
        """Help with the current field."""
        fields = filter(None, [self.current_field])
        self.app.push_screen(dialogs.HelpDialog(self.ui, *fields))

    def action_help_all(self) -> None:
        """Help with every field."""
        fields = (row.field for row in self.rows.values())
        self.app.push_screen(dialogs.HelpDialog(self.ui, *fields))

    def action_help_field(self, name: str) -> None:
        """Help with one field."""
        self.app.push_screen(dialogs.HelpDialog(self.ui, self.rows[name].field))

    def action_answers(self) -> None:
        """Show all the answers."""
        self.app.push_screen(dialogs.AnswersDialog(self.ui, self.wizard), self._after_answers)

    def action_magnify(self) -> None:
        """Show the current field in large digits."""
        rows = self._magnifiable_rows()
        rows.sort(key=lambda row: row.field is not self.current_field)
        self._open_magnifier(rows[:1])

    def action_magnify_all(self) -> None:
        """Show every number of the step in large digits."""
        self._open_magnifier(self._magnifiable_rows())

    def _magnifiable_rows(self) -> list[FieldRow]:
        return [row for row in self.rows.values() if row.field.magnify]

    def _open_magnifier(self, rows: list[FieldRow]) -> None:
        if self.ui.masks and rows:
            labels = {"magnify": self.ui.translate("do.magnify")}
            asked = dialogs.ChoiceDialog(self.ui, "magnified", labels)
            self.app.push_screen(asked, partial(self._magnify_if, rows))
        else:
            self._magnify(rows)

    def _magnify_if(self, rows: list[FieldRow], chosen: tuple[str, ...] | None) -> None:
        if chosen:
            self._magnify(rows)

    def _magnify(self, rows: list[FieldRow]) -> None:
        numbers = [(row.field.text_for("label"), row.field.groups(row.text)) for row in rows]
        for block in self.wizard.view().blocks:
            numbers += block.rows if isinstance(block, Numbers) else ()
        if numbers:
            self.wizard.context.on_use(MAGNIFIER)
            self.app.push_screen(dialogs.MagnifierDialog(self.ui, *numbers))
        else:
            self.show_hint(self.ui.translate("no.magnify"))

    def action_menu(self) -> None:
        """Show every key."""
        self.app.push_screen(
            dialogs.MenuDialog(self.ui, self.main_label, self.reveal_function), self._after_menu
        )

    async def _after_menu(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            name = chosen[0]
            target = "screen" if hasattr(self, f"action_{name}") else "app"
            await self.port.run_action(f"{target}.{name}")

    async def _after_answers(self, chosen: tuple[str, ...] | None) -> None:
        if chosen:
            await self.action_jump(chosen[0])
