"""The keyring: which ones are used, for whom, how long it is waited for, and what is said."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import ClassVar

import keyring
import pytest
from keyring import errors
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from typing_extensions import override

from espace_tui.errors import Unreachable
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.local.keyring import ALLOWED, SystemKeyring, credential_scope

FAIL: KeyringBackend = fail.Keyring()
NULL: KeyringBackend = null.Keyring()
CODES = ("absent", "locked", "hung", "refused", "unsafe", "off")


class MemoryKeyring(KeyringBackend):
    """A keyring in memory, taken for the computer's own."""

    __module__ = "keyring.backends.SecretService"
    priority: ClassVar[float] = -1  # never chosen by itself

    def __init__(self, trouble: Callable[[], object] = lambda: None) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring's own
        self.kept: dict[tuple[str, str], str] = {}
        self._trouble = trouble

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self._trouble()
        return self.kept.get((service, username))

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        self._trouble()
        self.kept[service, username] = password

    @override
    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class UnknownKeyring(MemoryKeyring):
    """One that the assistant does not know."""

    __module__ = "keyrings.alt.file"


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[KeyringBackend], None]]:
    """Make a keyring the computer's own for the time of a test."""
    before = keyring.get_keyring()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    yield keyring.set_keyring
    keyring.set_keyring(before)


def chain(*backends: KeyringBackend) -> KeyringBackend:
    class Chain(chainer.ChainerBackend):
        pass

    Chain.backends = list(backends)  # type: ignore[assignment] # instead of what is installed
    chained: KeyringBackend = Chain()  # type: ignore[no-untyped-call] # keyring's own
    return chained


async def code(vault: SystemKeyring) -> str:
    with pytest.raises(Unreachable) as told:
        await vault.load()
    return told.value.code


async def test_both_are_one_secret_under_constant_names(use: Callable[..., None]) -> None:
    pocket = MemoryKeyring()
    use(pocket)
    await SystemKeyring("embedded").save("camille.exemple", "Secret7!")
    assert list(pocket.kept) == [("espace-tui", "espace-tui")]
    assert await SystemKeyring("embedded").load() == ("camille.exemple", "Secret7!")


async def test_a_secret_is_given_to_its_own_service_only(use: Callable[..., None]) -> None:
    use(MemoryKeyring())
    await SystemKeyring(credential_scope("http", {"url": "https://a.fr"})).save(
        "camille", "Secret7!"
    )
    assert await SystemKeyring(credential_scope("http", {"url": "https://b.fr"})).load() is None
    assert await SystemKeyring(credential_scope("embedded", {})).load() is None
    assert await SystemKeyring(credential_scope("http", {"url": "https://a.fr"})).load() == (
        "camille",
        "Secret7!",
    )


@pytest.mark.parametrize("spoilt", ["", "x", "[]", "3", '{"for": "embedded"}', '"embedded"'])
async def test_a_spoilt_secret_is_no_secret(spoilt: str, use: Callable[..., None]) -> None:
    pocket = MemoryKeyring()
    pocket.kept["espace-tui", "espace-tui"] = spoilt
    use(pocket)
    assert await SystemKeyring("embedded").load() is None
    assert await SystemKeyring("embedded").forget()
    assert not await SystemKeyring("embedded").forget()


async def test_nothing_is_kept_nor_read_unless_that_was_accepted(use: Callable[..., None]) -> None:
    pocket = MemoryKeyring()
    use(pocket)
    vault = SystemKeyring("embedded", allowed=lambda: False)
    with pytest.raises(Unreachable) as told:
        await vault.save("camille", "Secret7!")
    assert (told.value.code, pocket.kept, vault.has_written) == ("keyring-off", {}, False)
    assert await code(vault) == "keyring-off"


@pytest.mark.parametrize("module", ALLOWED)
async def test_the_known_keyrings_are_named(
    module: str, use: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryKeyring, "__module__", module)
    use(MemoryKeyring())
    assert await SystemKeyring("embedded").name() == ALLOWED[module]


async def test_a_chain_is_used_for_the_known_one_in_it(use: Callable[..., None]) -> None:
    known, other = MemoryKeyring(), UnknownKeyring()
    use(chain(other, known))
    await SystemKeyring("embedded").save("camille", "Secret7!")
    assert (len(known.kept), len(other.kept)) == (1, 0)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (UnknownKeyring(), "keyring-unsafe"),
        (chain(UnknownKeyring(), UnknownKeyring()), "keyring-unsafe"),
        (FAIL, "keyring-absent"),
        (NULL, "keyring-absent"),
        (chain(), "keyring-absent"),
    ],
    ids=("unknown", "unknown chain", "fail", "null", "empty chain"),
)
async def test_the_others_are_not_used(
    found: KeyringBackend, said: str, use: Callable[..., None]
) -> None:
    use(found)
    assert await code(SystemKeyring("embedded")) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.KeyringLocked(), "keyring-locked"),
        (errors.InitError(), "keyring-absent"),
        (errors.PasswordSetError("x"), "keyring-refused"),
        (OSError(), "keyring-refused"),
    ],
)
async def test_its_troubles_are_told(error: Exception, said: str, use: Callable[..., None]) -> None:
    def trouble() -> None:
        raise error

    use(MemoryKeyring(trouble))
    assert await code(SystemKeyring("embedded")) == said


async def test_a_bug_stays_a_bug(use: Callable[..., None]) -> None:
    def trouble() -> None:
        raise LookupError

    use(MemoryKeyring(trouble))
    with pytest.raises(LookupError):
        await SystemKeyring("embedded").load()


async def test_one_that_never_answers_is_left_alone(use: Callable[..., None]) -> None:
    gate = threading.Event()
    use(MemoryKeyring(lambda: gate.wait(10)))
    assert await code(SystemKeyring("embedded", deadline=0.05)) == "keyring-hung"
    gate.set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", CODES)
def test_every_state_is_explained(language: str, state: str) -> None:
    sentence = Texts(language)(f"unreachable.keyring-{state}", name="X")
    assert not sentence.startswith("unreachable")
