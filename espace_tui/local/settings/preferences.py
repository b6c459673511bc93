"""What is stored on this computer: the answer to the first-run question, and the choices.

The answer itself is always remembered, whatever it is: three yes or no, without which the question
would come back at each start. The choices (language, theme …) are only if the person accepted
« preferences ». The file is 0600 in a 0700 folder, replaced whole or not at all. A computer where
nothing can be written is no obstacle: the answer then holds until the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from espace_tui.errors import InvalidSettings, Unreachable
from espace_tui.local import lazy, private_files
from espace_tui.local.settings.fields import FIELDS
from espace_tui.model.consents import CONSENTS

STORED_FIELDS = frozenset({"language", "theme", "easy"})
"""The fields that a face may ask to remember."""


class StoredPreferences:
    """`form.Preferences`, in a file; without a path, in memory only, and nothing is asked."""

    def __init__(
        self,
        path: Path | None,
        *,
        paste_anywhere: bool = False,
        on_choice: Callable[[frozenset[str]], None] = lambda _kept: None,
    ) -> None:
        self._path = path
        self._paste_anywhere = paste_anywhere
        self._on_choice = on_choice
        self._allowed: frozenset[str] | None = None
        self._choices: dict[str, object] = {}
        self._read()

    @property
    def chosen(self) -> bool:
        """Whether the first-run question was answered; where nothing is stored there is none."""
        return self._path is None or self._allowed is not None

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        return self._paste_anywhere

    @property
    def choices(self) -> Mapping[str, object]:
        """The fields that were remembered."""
        return self._choices

    def allows(self, what: str) -> bool:
        """Tell whether ``preferences``, ``log`` or ``keyring`` may be stored."""
        return what in (self._allowed or ())

    def choose(self, kept: frozenset[str]) -> None:
        """Store only what is named, from now on."""
        self._allowed = kept.intersection(CONSENTS)
        if not self.allows("preferences"):
            self._choices = {}
        self._write()
        self._on_choice(self._allowed)

    def remember(self, **choices: object) -> None:
        """Remember some fields, if the person accepted it."""
        if self.allows("preferences"):
            self._choices |= {k: v for k, v in choices.items() if k in STORED_FIELDS}
            self._write()

    def _read(self) -> None:
        if self._path is None:
            return
        with suppress(OSError, ValueError, LookupError, TypeError, InvalidSettings):
            text = self._path.read_text("utf-8")
            found = lazy.json.loads(text)
            self._allowed = frozenset(found["kept"]).intersection(CONSENTS)
            choices = found["choices"]
            self._choices = {
                name: FIELDS[name](str(self._path), name, choices[name])
                for name in sorted(STORED_FIELDS & set(choices))
            }

    def _write(self) -> None:
        if self._path is None:
            return
        content = {"kept": sorted(self._allowed or ()), "choices": self._choices}
        with suppress(OSError, Unreachable):
            text = lazy.json.dumps(content, indent=1) + "\n"
            private_files.ensure_folder(self._path.parent)
            private_files.write_atomic(self._path, text.encode())
