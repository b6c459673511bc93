"""What `local` imports at its first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "chainer": "keyring.backends.chainer",
    "hashlib": "hashlib",
    "json": "json",
    "keyring": "keyring",
    "shlex": "shlex",
    "tomllib": "tomllib",
}

if TYPE_CHECKING:
    import hashlib as hashlib
    import json as json
    import shlex as shlex
    import tomllib as tomllib

    import keyring as keyring
    from keyring.backends import chainer as chainer
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
