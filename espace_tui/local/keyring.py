"""The computer's keyring: identifier and password, together, as one secret (S26).

Only keyrings that keep secrets as their owner expects: Secret Service, KWallet, macOS, Windows,
also inside keyring's chainer. Service and user name are constant, since labels and attributes are
not secret; the secret says which service the credentials are for, and is given to no other.
keyring may wait for ever: each call has its own thread and a deadline.

    >>> credential_scope("http", {"url": "https://exemple.fr"})
    'http https://exemple.fr'
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from espace_tui.errors import Unreachable
from espace_tui.local import lazy

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
DEADLINE = 8.0
USER = "espace-tui"
ALLOWED: Mapping[str, str] = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
"""The modules of the keyrings that may be used, and their names."""

_ABSENT = frozenset({"keyring.backends.fail", "keyring.backends.null"})
_KEYRING_PACKAGES = frozenset(
    {"keyring", "secretstorage", "jeepney", "dbus", "pywintypes", "win32ctypes"}
)
"""The packages whose errors are the keyring's answer rather than a bug of ours."""
_CODES: Mapping[str, str] = {
    "KeyringLocked": "keyring-locked",
    "LockedException": "keyring-locked",
    "PromptDismissedException": "keyring-locked",
    "NoKeyringError": "keyring-absent",
    "InitError": "keyring-absent",
    "SecretServiceNotAvailableException": "keyring-absent",
}


def credential_scope(backend: str, options: Mapping[str, str]) -> str:
    """Return what credentials are for: a backend and, if it has one, its address."""
    return f"{backend} {options.get('url', '')}".strip()


class SystemKeyring:
    """The `Keyring` port over this computer's keyring; `allowed` is the person's choice."""

    def __init__(
        self,
        scope: str,
        *,
        service: str = "espace-tui",
        allowed: Callable[[], bool] = lambda: True,
        deadline: float = DEADLINE,
    ) -> None:
        self._scope = scope
        self._service = service
        self._allowed = allowed
        self._deadline = deadline
        self.has_written = False
        """Whether this process put something in the keyring."""

    async def name(self) -> str:
        """Return the keyring's name as its owner knows it."""
        return await self._ask(lambda keyring: ALLOWED[type(keyring).__module__])

    async def save(self, identifier: str, password: str) -> None:
        """Store both, as one secret."""
        self._refuse_if_off()
        secret = lazy.json.dumps(
            {"for": self._scope, "identifier": identifier, "password": password}
        )
        await self._ask(lambda keyring: keyring.set_password(self._service, USER, secret))
        self.has_written = True

    async def load(self) -> tuple[str, str] | None:
        """Return the identifier and password stored for this backend, or None."""
        self._refuse_if_off()
        return self._decode(await self._ask(self._read))

    async def forget(self) -> bool:
        """Delete what was stored, for any backend; tell whether there was something."""
        if await self._ask(self._read) is None:
            return False
        await self._ask(lambda keyring: keyring.delete_password(self._service, USER))
        return True

    def _refuse_if_off(self) -> None:
        if not self._allowed():
            raise Unreachable("keyring-off")

    def _read(self, keyring: KeyringBackend) -> str | None:
        return keyring.get_password(self._service, USER)

    def _decode(self, secret: str | None) -> tuple[str, str] | None:
        try:
            kept = lazy.json.loads(secret or "")
            theirs = (str(kept["identifier"]), str(kept["password"]))
        except (ValueError, LookupError, TypeError):
            return None
        return theirs if kept.get("for") == self._scope else None

    async def _ask(self, question: Callable[[KeyringBackend], T]) -> T:
        """Ask in a thread of its own, which nobody waits for after the deadline."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def tell(act: Callable[[], None]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(lambda: None if answer.done() else act())

        def work() -> None:
            try:
                found = question(_find_keyring())
            except Exception as error:  # noqa: BLE001 — it is raised where it is awaited
                failure = _as_unreachable(error)
                tell(lambda: answer.set_exception(failure))
            else:
                tell(lambda: answer.set_result(found))

        threading.Thread(target=work, name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self._deadline):
                return await answer
        except TimeoutError:
            raise Unreachable("keyring-hung") from None


def _find_keyring() -> KeyringBackend:
    """Return the keyring to use, or raise `Unreachable`; runs in the keyring's thread."""
    found = lazy.keyring.get_keyring()
    candidates = found.backends if isinstance(found, lazy.chainer.ChainerBackend) else [found]
    for each in candidates:
        if type(each).__module__ in ALLOWED:
            return each
    if all(type(each).__module__ in _ABSENT for each in candidates):
        raise Unreachable("keyring-absent")
    raise Unreachable("keyring-unsafe", name=found.name)


def _as_unreachable(error: Exception) -> Exception:
    """Turn a keyring's error into `Unreachable`; anything else is a bug, and is raised."""
    kind = type(error)
    theirs = isinstance(error, OSError) or kind.__module__.partition(".")[0] in _KEYRING_PACKAGES
    if isinstance(error, Unreachable) or not theirs:
        return error
    return Unreachable(_CODES.get(kind.__name__, "keyring-refused"))
