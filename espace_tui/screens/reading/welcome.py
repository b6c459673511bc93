"""The first screen: what it is, where to begin; language and colours are offered at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Bullets, Paragraph
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets import fields
from espace_tui.widgets.button import ButtonBar, TextButton
from espace_tui.widgets.content import PageContent
from espace_tui.widgets.notices import Alert, Notice
from espace_tui.widgets.page import WITH_PANELS
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import HangingLabel, Label, Words, styled

WITH_OBJECTS = 34
"""The lines from which there is room to draw what one needs."""
PATH = ("identification", "card", "decision", "contacts", "credentials", "review")
"""The steps that one is told of, as the guide has them."""


class WelcomeScreen(StepScreen):
    """The welcome step: what must not be missed stands under the buttons, then the links."""

    lead_above: ClassVar[bool] = True

    @override
    def column(self, view: View) -> Iterator[Widget]:
        if view.alert:
            yield Alert(self.ui, view.alert, retry=view.retry)
        told = [block.text for block in view.blocks if isinstance(block, Paragraph)]
        what, needs = map(self.ui.texts, told)
        drawn = [*self._drawn()]
        texts = (Label(what), Label(needs)) if drawn else (Label(f"{what}\n{needs}"),)
        texts[-1].set_class(bool(drawn), "unless-drawn")
        yield PageContent(*texts, *drawn)
        yield ButtonBar(*self.action_buttons(view))
        never = [
            text for block in view.blocks if isinstance(block, Bullets) for text in block.texts
        ]
        first, *others = map(self.ui.texts, never)
        yield Notice(styled((first, "bold"), "\n".join(["", *others])), warning=True)
        yield ButtonBar(*self.links(view), classes="links")

    def _drawn(self) -> Iterable[Widget]:
        """Return what one needs, drawn where there is room: the message, and the card."""
        size = self.app.size
        if size.width >= WITH_PANELS and size.height >= WITH_OBJECTS:
            yield fields.Needs(self.ui)

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        """Show the steps to come."""
        lines: list[tuple[Words, Words]] = []
        for number, name in enumerate(PATH, 1):
            along = styled(("│  " if number < len(PATH) else "   ", "$edge"))
            lines += [
                (styled((f"{number}  ", "bold $accent")), styled((self._title(name), "bold"))),
                (along, styled((self.ui.translate(f"path.{name}"), "$muted"))),
                (along, " "),
            ]
        steps = HangingLabel(*lines[:-1], classes="last")
        yield Panel(self.ui.translate("path"), steps, foot=self.ui.translate("path.time"))

    def _title(self, name: str) -> str:
        """Return the title of a step, in a few words where it is long."""
        short = f"face.path.{name}.title"
        return self.ui.texts(Text(short if self.ui.texts.has(short) else f"step.{name}.title"))

    @override
    def extra_links(self) -> Iterable[TextButton]:
        yield TextButton(self.ui.translate("do.language"), "app.language", quiet=True)
        yield TextButton(self.ui.label_of("theme"), "app.theme", quiet=True)
        linear = self.ui.translate(
            "key", what=self.ui.translate("do.linear"), key=self.ui.key_name("linear")
        )
        yield TextButton(linear, "app.linear", quiet=True)

    @override
    def extra_hints(self) -> Iterable[tuple[str, str, str]]:
        yield "language", self.ui.translate("do.language.short"), "app.language"
