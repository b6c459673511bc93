"""The texts of the interface in the current language, and the keys that it names.

Keys are function keys, Escape and Ctrl+C unless the settings say otherwise: nothing that needs Alt,
Cmd or a special protocol. Each is also a button, or an entry of the « Touches et aide » menu that
Tab reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from espace_tui.i18n import Text, Texts
from espace_tui.journey.context import Masks
from espace_tui.local.settings.keys import COUNTER_KEYS, DEFAULT_KEYS

KEYS: Mapping[str, str] = {**DEFAULT_KEYS, **COUNTER_KEYS, "back": "escape", "leave": "ctrl+c"}
"""The key of each action: those that the settings may change, and two that stay."""


@dataclass(frozen=True)
class UiText:
    """The current language, the keys as the person set them, the colours in use, what is masked."""

    texts: Texts
    keys: Mapping[str, str] = field(default_factory=lambda: KEYS)
    theme: str = ""
    masks: Masks | None = None

    @property
    def may_reveal(self) -> bool:
        """Whether secrets may be shown: on a computer of one's own, always."""
        return self.masks is None or self.masks.may_reveal

    def translate(self, text: Text | str, /, **values: object) -> str:
        """Return a text of the interface (``translate("help")`` is ``face.help``) or a `Text`."""
        return self.texts(text if isinstance(text, Text) else f"face.{text}", **values)

    def label_of(self, function: str) -> str:
        """Return what a key does, in words; that of the colours names the ones in use."""
        return self.translate(f"do.{function}", name=Text(f"face.colours.{self.theme}"))

    def key_name(self, action: str) -> str:
        """Return the name of the key of an action as keyboards print it: « Échap », « F10 »."""
        return self._key_names[action]

    @cached_property
    def _key_names(self) -> Mapping[str, str]:
        return {
            action: "+".join(map(self._keycap, key.split("+"))) for action, key in self.keys.items()
        }

    def _keycap(self, part: str) -> str:
        text_id = f"face.key.{part}"
        return self.texts(text_id) if self.texts.has(text_id) else part.upper()
