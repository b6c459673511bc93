"""``espace-tui demo``: the same wizard on a throw-away store, with a person who does not exist.

Their inbox holds an invitation, and a note that tells what is printed on their card. Inviting waits
until the inbox is looked at, so that the first screen does not. Nothing is left behind. The backend
of the settings is not used: a demonstration never reaches a real service unless told to.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from espace_tui.cli import exits
from espace_tui.cli.call import Call, say_error
from espace_tui.cli.faces import NONE, first_face
from espace_tui.cli.late import Late
from espace_tui.cli.login import walk
from espace_tui.cli.parser import Branch
from espace_tui.desk import Desk
from espace_tui.errors import Unreachable
from espace_tui.settings import Kept
from espace_tui.vault import Vault

if TYPE_CHECKING:
    from espace_tui.activation.office import Invitee, Office
    from espace_tui.backends.port import Backend, Inbox
    from espace_tui.session import Message

NIR = "2 55 08 14 168 025 38"
SERIAL = "0041725093 8"
BORN = date(1955, 8, 14)
EMAIL = "camille.exemple@exemple.fr"
ATTEMPTS = 40
PAUSE = 0.05
MOBILE = "+33639980146"


def add(branch: Branch) -> None:
    """Add the command."""
    branch.add("demo", run).face()


def run(call: Call) -> int:
    """Walk the wizard in a folder that vanishes."""
    if first_face(call) == NONE:
        say_error(call.texts, "cli.no-terminal", {})
        return exits.USAGE
    return asyncio.run(_in_a_folder(call))


async def _in_a_folder(call: Call) -> int:
    from tempfile import mkdtemp  # noqa: PLC0415 — only for this command

    folder = Path(mkdtemp(prefix="espace-tui-"))
    vault = Vault("demo", service="espace-tui demo", allowed=lambda: kept.allows("keyring"))
    kept = Kept(None, paste_anywhere=call.settings.paste_anywhere)
    try:
        backend = _backend(call, folder)
        return await walk(call, Desk(cast("Backend", backend), kept, vault), kept)
    finally:
        await _forget(vault)
        await _vanish(folder)


def _backend(call: Call, folder: Path) -> Demonstration:
    asked = call.options.settings
    ours = {"data_dir": str(folder), "language": call.texts.language}
    options = {**asked.get("backend_options", {}), **ours}
    backend = Demonstration(asked.get("backend", "embedded"), options, call)
    if asked.keys() & {"backend", "backend_options"}:
        backend.warm()
    return backend


async def _vanish(folder: Path) -> None:
    """Remove the folder, even while a thread that was left behind still writes there."""
    for _ in range(ATTEMPTS):
        if _removed(folder):
            return
        await asyncio.sleep(PAUSE)


def _removed(folder: Path) -> bool:
    from shutil import rmtree  # noqa: PLC0415 — only for this command

    rmtree(folder, ignore_errors=True)
    return not folder.exists()


async def _forget(vault: Vault) -> None:
    if vault.kept:
        with suppress(Unreachable):
            await vault.forget()


class Demonstration(Late):
    """A backend whose inbox tells all one needs to try it."""

    def __init__(self, name: str, options: dict[str, str], call: Call) -> None:
        super().__init__(name, options)
        self._call = call

    @cached_property
    def inbox(self) -> Inbox | None:
        """The backend's inbox, with a person invited; none where nothing is delivered here."""
        inbox, office = self.backend.inbox, getattr(self.backend, "office", None)
        return DemoInbox(inbox, office, self._call) if inbox and office else inbox


class DemoInbox:
    """An inbox where an invitation is waiting for whoever looks first."""

    def __init__(self, inbox: Inbox, office: Office, call: Call) -> None:
        self._inbox = inbox
        self._office = office
        self._texts = call.texts
        self._lock = asyncio.Lock()
        self._invited = False

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first: the note on the card, then the letters."""
        async with self._lock:
            if not self._invited:
                await self._office.invite(_person(self._texts.language))
                self._invited = True
        letters = await self._inbox.messages()
        return (self._note(letters[0]), *letters)

    def _note(self, first: Message) -> Message:
        values = {"nir": NIR, "serial": SERIAL, "birth_date": BORN}
        return first.model_copy(
            update={
                "subject": self._texts("cli.demo.card.subject"),
                "sender": self._texts("cli.demo.card.sender"),
                "text": self._texts("cli.demo.card.text", **values),
                "sent_at": first.sent_at - timedelta(minutes=1),
            }
        )


def _person(language: str) -> Invitee:
    from espace_tui.activation.office import Invitee  # noqa: PLC0415 — when the inbox is opened
    from espace_tui.validators.card_serial import CardKind  # noqa: PLC0415 — opening the inbox

    return Invitee(
        first_name="Camille",
        last_name="Exemple",
        birth_date=BORN,
        nir=NIR.replace(" ", ""),
        kind=CardKind.PHOTO,
        serial=SERIAL.replace(" ", ""),
        email=EMAIL,
        mobile=MOBILE,
        language=language,
    )
