"""What every widget needs to speak: the words, and the names of the keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from espace_tui.i18n import Text, Texts
from espace_tui.local.settings.keys import DEFAULT_KEYS as CHOSEN

KEYS: Mapping[str, str] = {**CHOSEN, "back": "escape", "leave": "ctrl+c"}


@dataclass(frozen=True, slots=True)
class UiText:
    """The present language, and the keys as the person set them."""

    texts: Texts
    keys: Mapping[str, str] = field(default_factory=lambda: KEYS)

    def translate(self, text: Text | str, /, **values: object) -> str:
        """Return a text of the face (``say("help")`` is ``face.help``) or a `Text`."""
        return self.texts(text if isinstance(text, Text) else f"face.{text}", **values)

    def key_name(self, name: str) -> str:
        """Return the name of a key as it is printed on a keyboard: « Échap », « F10 »."""
        parts = self.keys[name].split("+")
        return "+".join(self._keycap(part) for part in parts)

    def _keycap(self, part: str) -> str:
        named = f"face.key.{part}"
        return self.texts(named) if self.texts.has(named) else part.upper()
