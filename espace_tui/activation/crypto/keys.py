"""The service's keys: they live in a file of their own, never in the store.

Each key has an id, and what was made with a key names it (``k1.…``), so that a new key can take
over while the older ones still open what they sealed. From one key, one sub-key per use:

- `tag`: keyed HMAC of what must be found again without being stored (NIR, card, identifier);
- `pepper`: what a password or provisional code becomes before it is hashed;
- `seal` and `unseal`: what must be read again (`espace_tui.activation.crypto.seal`);
- `pseudonym`: a person in the audit trail.

    >>> keys = Keys("k1", {"k1": bytes(32)})
    >>> keys.matches(keys.tag("nir", "255081416802538"), "nir", "255081416802538")
    True
    >>> keys
    Keys('k1')
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii
from pathlib import Path

from typing_extensions import override

from espace_tui.activation.crypto import seal
from espace_tui.activation.stores.port import Row, Store, Transaction
from espace_tui.errors import Unreachable
from espace_tui.local import private_files

_SIZE = 32


class Keys:
    """The keys of one service; `current` is the id of the one that new things are made with."""

    def __init__(self, current: str, secrets_by_id: Mapping[str, bytes]) -> None:
        self._current = current
        self._derived = {
            (key_id, use): hmac.digest(secret, f"espace-tui:{use}".encode(), "sha256")
            for key_id, secret in secrets_by_id.items()
            for use in ("tag", "pepper", "seal", "pseudonym")
        }
        self._seals = {
            key_id: seal.SealKey.derive(self._derived[key_id, "seal"]) for key_id in secrets_by_id
        }
        self._order = tuple(secrets_by_id)
        self._ids = (current, *(key_id for key_id in secrets_by_id if key_id != current))

    @override
    def __repr__(self) -> str:
        return f"Keys({self._current!r})"

    @property
    def current(self) -> str:
        """The id of the present key."""
        return self._current

    def is_newer_than(self, key_id: str) -> bool:
        """Tell whether the present key took over from another one."""
        return key_id in self._order and self._order.index(key_id) < self._order.index(
            self._current
        )

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all keys, the present one first."""
        return self._ids

    def tag(self, kind: str, *parts: str) -> str:
        """Return the keyed HMAC of values of a kind, with the present key."""
        return self._made("tag", self._current, kind, parts)

    @property
    def any_tag(self) -> str:
        """The SQL list of the values `tags` returns: a stored tag may be of any key."""
        return "(" + ", ".join(f":tag_{n}" for n in range(len(self._ids))) + ")"

    def tags(self, kind: str, *parts: str) -> dict[str, str]:
        """Return the tags a stored value may have, under the names of `any_tag`."""
        return {
            f"tag_{n}": self._made("tag", key_id, kind, parts) for n, key_id in enumerate(self._ids)
        }

    def is_current(self, tag: str) -> bool:
        """Tell whether a tag, a seal or a hash was made with the present key."""
        return tag.startswith((f"{self._current}.", f"{self._current}$"))

    def matches(self, tag: str, kind: str, *parts: str) -> bool:
        """Tell, in constant time, whether a tag is that of these values, whichever its key."""
        key_id = tag.partition(".")[0]
        known = key_id if key_id in self._ids else self._current
        return hmac.compare_digest(tag, self._made("tag", known, kind, parts))

    def pepper(self, key_id: str, kind: str, *parts: str) -> bytes:
        """Return what is hashed in the place of a secret."""
        return hmac.digest(self._key("pepper", key_id), _joined(kind, parts), "sha256")

    def pseudonym(self, person: str) -> str:
        """Return the name of a person in the audit trail."""
        return self._pseudonym(self._current, person)

    def pseudonyms(self, person: str) -> tuple[str, ...]:
        """Return every name a person has in the audit trail: one for each key."""
        return tuple(self._pseudonym(key_id, person) for key_id in self._ids)

    def seal(self, text: str, bound: str) -> str:
        """Return a text sealed with the present key, bound to a place."""
        sealed = seal.seal(self._seals[self._current], text, bound)
        return f"{self._current}.{sealed}"

    def unseal(self, sealed: str, bound: str) -> str:
        """Return a sealed text; a broken seal or a lost key is `Unreachable("store-corrupt")`."""
        key_id, _, rest = sealed.partition(".")
        try:
            return seal.unseal(self._seals[key_id], rest, bound)
        except (seal.BrokenSealError, KeyError, ValueError) as error:
            raise Unreachable("store-corrupt") from error

    def _pseudonym(self, key_id: str, person: str) -> str:
        return self._made("pseudonym", key_id, "person", (person,))[: _SIZE + 3]

    def _key(self, use: str, key_id: str) -> bytes:
        try:
            return self._derived[key_id, use]
        except KeyError as error:
            raise Unreachable("store-corrupt") from error

    def _made(self, use: str, key_id: str, kind: str, parts: tuple[str, ...]) -> str:
        made = hmac.digest(self._key(use, key_id), _joined(kind, parts), "sha256")
        return f"{key_id}.{made.hex()}"


def _joined(kind: str, parts: tuple[str, ...]) -> bytes:
    """Return a JSON list of texts: what `json.dumps` writes, in a tenth of its time."""
    return f"[{', '.join(map(encode_basestring_ascii, (kind, *parts)))}]".encode("ascii")


async def refuse_other_keys(store: Store, keys: Keys) -> None:
    """Mark a new store as closed with these keys; raises `Unreachable` for the store of others.

    In a store that is marked nothing is written: one that takes no write can be looked at.
    """
    async with store.transaction() as tx:
        mark = await tx.one(_READ_MARK) or await _marked(tx, keys)
    if mark and not keys.matches(mark["value"], "mark"):
        raise Unreachable("other-keys")
    await refuse_lost_key(store, keys)


async def _marked(tx: Transaction, keys: Keys) -> Row | None:
    await tx.run(_MARK, value=keys.tag("mark"))
    return await tx.one(_READ_MARK)


async def read_mark(store: Store) -> str:
    """Return the mark of a store that was closed with keys; empty if it was not yet."""
    async with store.transaction() as tx:
        mark = await tx.one(_READ_MARK)
    return str(mark["value"]) if mark else ""


_READ_MARK = "SELECT value FROM mark WHERE name = 'keys'"
_MARK = """
INSERT INTO mark (name, value) VALUES ('keys', :value) ON CONFLICT (name) DO NOTHING
"""


_NOTE_KEY = """
INSERT INTO mark (name, value) VALUES ('current-key', :value)
ON CONFLICT (name) DO UPDATE SET value = :value
"""


async def refuse_lost_key(store: Store, keys: Keys, *, always_write: bool = False) -> None:
    """Note in the store which key is present; raises `Unreachable` if it is one we do not hold.

    A process that was not started again after a rotation can then read nothing new. The newest key
    that any process was started with stays noted. `always_write` proves that the store takes it.
    """
    async with store.transaction() as tx:
        mark = await tx.one("SELECT value FROM mark WHERE name = 'current-key'")
        noted = str(mark["value"]) if mark else ""
        if noted and not keys.matches(noted, "mark"):
            raise Unreachable("other-keys", cause="key")
        is_newer = not noted or keys.is_newer_than(noted.partition(".")[0])
        if is_newer or always_write:
            await tx.run(_NOTE_KEY, value=keys.tag("mark") if is_newer else noted)


def random_digits(length: int) -> str:
    """Return as many random digits."""
    return f"{secrets.randbelow(10**length):0{length}}"


def digest(token: str) -> str:
    """Return how a random token is stored: of 256 random bits, a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def equal(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def new_token() -> str:
    """Return a fresh right to something: 256 random bits."""
    return secrets.token_urlsafe(_SIZE)


def new_id() -> str:
    """Return the name of a new row: 128 random bits."""
    return secrets.token_hex(16)


def new_ordered_id() -> str:
    """Return the name of a new row that sorts by the time it was made."""
    return f"{time.time_ns():020}{secrets.token_hex(6)}"


def open_keys(path: Path) -> Keys:
    """Read a keys file, made on first use; raises `Unreachable` (loose, unreadable, corrupt)."""
    private_files.ensure_folder(path.parent)
    if not path.exists() and not path.is_symlink():
        first = {"current": "k1", "keys": {"k1": secrets.token_hex(_SIZE)}}
        private_files.create_atomic(path, json.dumps(first).encode())
    current, by_id = read_keys(path)
    return Keys(current, {key_id: bytes.fromhex(key) for key_id, key in by_id.items()})


def read_keys(path: Path) -> tuple[str, dict[str, str]]:
    """Return the id of the present key, and all of them in hexadecimal, oldest first.

    Raises `Unreachable`: what is no file of keys of ours, with one too short to protect anything,
    is ``store-corrupt``.
    """
    try:
        content = json.loads(private_files.read_private(path))
        current, by_id = content["current"], dict(content["keys"])
        are_keys = current in by_id and all(map(_is_key, by_id, by_id.values()))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Unreachable("store-corrupt", path=str(path)) from error
    if not are_keys:
        raise Unreachable("store-corrupt", path=str(path))
    return current, by_id


def _is_key(key_id: object, key: object) -> bool:
    named = isinstance(key_id, str) and re.fullmatch(r"[A-Za-z0-9_-]{1,32}", key_id)
    return bool(named) and isinstance(key, str) and len(bytes.fromhex(key)) >= _SIZE
