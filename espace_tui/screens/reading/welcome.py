"""The first screen: what it is, where to begin; language and colours are offered at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Bullets
from espace_tui.journey.view import View
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.button import ButtonBar, TextButton
from espace_tui.widgets.content import PageContent, draw_block
from espace_tui.widgets.notices import Alert, Notice
from espace_tui.widgets.panel import Panel
from espace_tui.widgets.text import HangingLabel, styled

PATH = ("identification", "card", "decision", "contacts", "credentials", "review")
"""The steps that one is told of, as the guide has them."""


class WelcomeScreen(StepScreen):
    """The welcome step: what must not be missed stands under the buttons, then the links."""

    @override
    def column(self, view: View) -> Iterator[Widget]:
        if view.alert:
            yield Alert(self.ui, view.alert, retry=view.retry)
        told = [block for block in view.blocks if not isinstance(block, Bullets)]
        yield PageContent(*(widget for one in told for widget in draw_block(one, self.ui)))
        yield ButtonBar(*self.action_buttons(view))
        never = [
            text for block in view.blocks if isinstance(block, Bullets) for text in block.texts
        ]
        yield Notice("\n".join(map(self.ui.texts, never)), warning=True)
        yield ButtonBar(*self.links(view), classes="links")

    @override
    def panels(self, view: View) -> Iterable[Widget]:
        """Show the steps to come."""
        steps = [
            (
                styled((f"{number}  ", "bold $accent")),
                styled(
                    (self.ui.texts(Text(f"step.{name}.title")), "bold"),
                    ("\n" + self.ui.translate(f"path.{name}"), "$muted"),
                ),
            )
            for number, name in enumerate(PATH, 1)
        ]
        lines = [HangingLabel(step, classes="last" * (step is steps[-1])) for step in steps]
        yield Panel(self.ui.translate("path"), *lines, foot=self.ui.translate("path.time"))

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
