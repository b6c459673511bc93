"""What opens over a step: help, the menu of keys, the magnifier, all the answers, leaving.

Each is imported when it is first opened: use `dialogs.HelpDialog(…)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_names

LAZY: Mapping[str, str] = {
    "AnswersDialog": "answers",
    "ChoiceDialog": "menu",
    "HelpDialog": "help",
    "MagnifierDialog": "magnifier",
    "MenuDialog": "menu",
    "HiddenScreen": "hidden",
    "QuitDialog": "quit",
    "VeilScreen": "veil",
}
if TYPE_CHECKING:
    from espace_tui.screens.dialogs.answers import AnswersDialog as AnswersDialog
    from espace_tui.screens.dialogs.help import HelpDialog as HelpDialog
    from espace_tui.screens.dialogs.hidden import HiddenScreen as HiddenScreen
    from espace_tui.screens.dialogs.magnifier import MagnifierDialog as MagnifierDialog
    from espace_tui.screens.dialogs.menu import ChoiceDialog as ChoiceDialog
    from espace_tui.screens.dialogs.menu import MenuDialog as MenuDialog
    from espace_tui.screens.dialogs.quit import QuitDialog as QuitDialog
    from espace_tui.screens.dialogs.veil import VeilScreen as VeilScreen
else:
    __getattr__ = lazy_names(__name__, LAZY)
