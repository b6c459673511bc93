"""The file of the keys, changed by its operator: a key is added, used, dropped; never edited.

Rotation without a stop, with any number of processes: `add`, start each process again (all know
the key), `use`, start each again (all seal with it), reseal, and much later `drop`. The file is
written aside and renamed: a process that starts meanwhile reads it whole.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from espace_tui.activation.crypto.keys import read_keys
from espace_tui.errors import InvalidSettings
from espace_tui.local import private_files

_SIZE = 32


def check_file(path: Path) -> None:
    """Raise `InvalidSettings` for a file of keys that is not there, or not for us to read."""
    try:
        path.open("rb").close()
    except FileNotFoundError:
        raise InvalidSettings("no-keys", place=path) from None
    except OSError:
        raise InvalidSettings("unreadable", place=path) from None


@dataclass
class KeyFile:
    """The keys of a file, oldest first, and the present one."""

    path: Path
    current: str
    keys: dict[str, str] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file of keys; raises `InvalidSettings`, `Unreachable`."""
        check_file(path)
        return cls(path, *read_keys(path))

    @property
    def newest(self) -> str:
        """The id of the key added last."""
        return list(self.keys)[-1]

    def add(self) -> str:
        """Add a key that nothing is sealed with yet; return its id."""
        numbers = [int(key_id[1:]) for key_id in self.keys if key_id[1:].isdigit()]
        self.keys[f"k{max(numbers, default=0) + 1}"] = secrets.token_hex(_SIZE)
        self._write()
        return self.newest

    def use(self) -> str:
        """Make the newest key the present one; return its id."""
        self.current = self.newest
        self._write()
        return self.current

    def drop(self, key_id: str) -> None:
        """Forget a key; raises `InvalidSettings` for one that is unknown or present."""
        if key_id not in self.keys or key_id == self.current:
            raise InvalidSettings("not-a-former-key", key=key_id)
        del self.keys[key_id]
        self._write()

    def _write(self) -> None:
        content = json.dumps({"current": self.current, "keys": self.keys}).encode()
        private_files.write_atomic(self.path, content)
