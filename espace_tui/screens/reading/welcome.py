"""The first screen: language, colours and the line-by-line mode are offered at once."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import override

from espace_tui.screens.step import StepScreen
from espace_tui.widgets.button import TextButton


class WelcomeScreen(StepScreen):
    """The welcome step, with links for the language, the theme and the line-by-line mode."""

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
