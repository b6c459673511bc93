"""``espace-tui demo``: the same wizard on a throw-away store, with a person who does not exist.

Their inbox holds an invitation, and a note that tells what is printed on their card. It is made
while the first screen is read, or when the inbox is looked at: the first screen waits for neither.
Nothing is left behind. The backend of the settings is not used: a demonstration never reaches a
real service unless told to.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from typing_extensions import override

from espace_tui.cli import exit_codes, lazy
from espace_tui.cli.commands.wizard import run_faces
from espace_tui.cli.context import CommandContext, become, write_error
from espace_tui.cli.faces import NONE, first_face
from espace_tui.cli.guide_parts import home_context
from espace_tui.cli.lazy_backend import LazyBackend
from espace_tui.cli.parser import CommandGroup
from espace_tui.errors import ExpectedError, Unreachable
from espace_tui.local.keyring import SystemKeyring
from espace_tui.local.settings import StoredPreferences

if TYPE_CHECKING:
    from espace_tui.activation.use_cases.administration import Administration, Invitee
    from espace_tui.backends.port import Backend, Inbox
    from espace_tui.i18n import Texts
    from espace_tui.model.grants import Message


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist, with what is printed on either kind of card they may hold."""

    first_name: str
    birth_date: date
    nir: str
    serials: Mapping[str, str]
    email: str
    mobile: str
    note: str = ""
    """What the note on their card tells besides."""


NIR = "2 55 08 14 168 025 38"
SERIALS = {"photo": "0041725093 8", "plain": "123456789"}
"""What is printed on either kind of card of the first one."""
PEOPLE: Mapping[str, Invented] = {
    "camille": Invented(
        first_name="Camille",
        birth_date=date(1955, 8, 14),
        nir=NIR,
        serials=SERIALS,
        email="camille.exemple@exemple.fr",
        mobile="+33639980146",
    ),
    "dominique": Invented(
        first_name="Dominique",
        birth_date=date(1984, 5, 3),
        nir="2 84 05 88 321 025 32",
        serials={"photo": "0052836104 7", "plain": "987654321"},
        email="dominique.exemple@exemple.fr",
        mobile="+33639980199",
        note="cli.demo.opposes",
    ),
}
LAST_NAME = "Exemple"
CARD_NOTES = {"photo": "cli.demo.card.text", "plain": "cli.demo.card.plain"}
ATTEMPTS = 40
PAUSE = 0.05


def add(group: CommandGroup) -> None:
    """Add the command."""
    parser = group.add("demo", run)
    parser.add_face_options()
    parser.add_receipt_option()
    about = parser.texts("cli.demo.card.option")
    parser.add_argument("--card", choices=tuple(SERIALS), default="photo", help=about)
    whose = parser.texts("cli.demo.person.option")
    parser.add_argument("--person", choices=tuple(PEOPLE), default="camille", help=whose)


def run(context: CommandContext) -> int:
    """Walk the wizard in a folder that vanishes."""
    context.refuse_json_on_a_screen()
    if context.settings.counter:
        return become(context, "counter", "start", "--exercise")
    if first_face(context) == NONE:
        write_error(context.texts, "cli.no-terminal", {})
        return exit_codes.USAGE
    return asyncio.run(_run_in_temporary_folder(context))


async def _run_in_temporary_folder(context: CommandContext) -> int:
    vault = SystemKeyring("demo", service="espace-tui demo", allowed=lambda: kept.allows("keyring"))
    kept = StoredPreferences(None, paste_anywhere=context.settings.paste_anywhere)
    try:
        guest = Camille(context.texts, context.options.card, context.options.person)
        async with demo_backend(context, guest) as backend:
            return await run_faces(context, home_context(context, backend, kept, vault), kept)
    finally:
        await _clear_keyring(vault)


@asynccontextmanager
async def demo_backend(context: CommandContext, guest: Guest) -> AsyncIterator[Backend]:
    """Open a backend on a folder that vanishes, with a person invited."""
    try:
        folder = Path(lazy.tempfile.mkdtemp(prefix="espace-tui-"))
    except OSError as error:
        raise Unreachable("no-temporary-folder") from error
    try:
        yield cast("Backend", _backend(context, folder, guest))
    finally:
        await _remove_folder(folder)


def _backend(context: CommandContext, folder: Path, guest: Guest) -> DemoBackend:
    asked = context.options.settings
    ours = {"data_dir": str(folder), "language": context.texts.language}
    options = {**asked.get("backend_options", {}), **ours}
    backend = DemoBackend(asked.get("backend", "embedded"), options, guest, context.texts)
    if asked.keys() & {"backend", "backend_options"}:
        backend.open()
    return backend


async def _remove_folder(folder: Path) -> None:
    """Remove the folder, even while a thread that was left behind still writes there."""
    for _ in range(ATTEMPTS):
        if _is_removed(folder):
            return
        await asyncio.sleep(PAUSE)


def _is_removed(folder: Path) -> bool:

    lazy.shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


async def _clear_keyring(keyring: SystemKeyring) -> None:
    if keyring.has_written:
        with suppress(Unreachable):
            await keyring.forget()


class Guest(Protocol):
    """Who is invited to a store that vanishes."""

    def invitee(self, language: str) -> Invitee | None:
        """Return who is invited, in a language; nobody yet, or nobody at all."""
        ...

    def note(self, first: Message) -> Message | None:
        """Return what lies beside the first message."""
        ...


class DemoBackend(LazyBackend):
    """A backend whose inbox tells all one needs to try it."""

    def __init__(self, name: str, options: dict[str, str], guest: Guest, texts: Texts) -> None:
        super().__init__(name, options)
        self._guest = guest
        self._texts = texts
        self._loop = asyncio.get_running_loop()
        self._invitation: asyncio.Task[None] | None = None
        self._closed = False

    @cached_property
    def inbox(self) -> Inbox | None:
        """The backend's inbox, with a person invited; none where nothing is delivered here."""
        inbox, office = self.backend.inbox, getattr(self.backend, "administration", None)
        return DemoInbox(inbox, office, self._guest, self._texts) if inbox and office else inbox

    @override
    def preload(self) -> None:
        """Import what the first use will need, then invite, while the first screen is read."""
        super().preload()
        with suppress(RuntimeError):  # it is over already
            self._loop.call_soon_threadsafe(self._invite_ahead)

    def _invite_ahead(self) -> None:
        if not self._closed and isinstance(inbox := self.inbox, DemoInbox):
            self._invitation = self._loop.create_task(inbox.invite())

    @override
    async def aclose(self) -> None:
        self._closed = True
        if self._invitation:
            self._invitation.cancel()
            await asyncio.wait([self._invitation])
        await super().aclose()


class DemoInbox:
    """An inbox where an invitation is waiting for whoever looks first."""

    def __init__(self, inbox: Inbox, office: Administration, guest: Guest, texts: Texts) -> None:
        self._inbox = inbox
        self._office = office
        self._guest = guest
        self._texts = texts
        self._lock = asyncio.Lock()
        self._language = ""
        """That of the invitation, once it is made."""
        self._looked = False
        self._replaced = 0
        """How many messages came before it, in the language that was left."""

    async def invite(self) -> None:
        """Make the invitation ahead; what fails is tried again when somebody looks."""
        with suppress(ExpectedError):
            async with self._lock:
                await self._invite()

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first: the note on the card, then the messages."""
        async with self._lock:
            if not self._looked:
                await self._invite()
                self._looked = True
        delivered = (await self._inbox.messages())[self._replaced :]
        note = self._guest.note(delivered[0]) if delivered else None
        return (*((note,) if note else ()), *delivered)

    async def _invite(self) -> None:
        """Invite, once for each language: nobody has looked yet."""
        if self._language != (language := self._texts.language):
            invitee = self._guest.invitee(language)
            if invitee is None:
                return
            if self._language:
                self._replaced = len(await self._inbox.messages())
            await self._office.invite(invitee)
            self._language = language


class Camille:
    """A person of the demonstration, and the note that tells what is printed on their card."""

    def __init__(self, texts: Texts, card: str = "photo", person: str = "camille") -> None:
        self._texts = texts
        self._card = card
        self._person = PEOPLE[person]

    def note(self, first: Message) -> Message:
        """Return the note, a minute older than the first message."""
        person = self._person
        values = {
            "name": f"{person.first_name} {LAST_NAME}",
            "nir": person.nir,
            "serial": person.serials[self._card],
            "birth_date": person.birth_date,
        }
        told = [self._texts(CARD_NOTES[self._card], **values)]
        told += [self._texts(person.note)] if person.note else []
        return first.model_copy(
            update={
                "subject": self._texts("cli.demo.card.subject"),
                "sender": self._texts("cli.demo.card.sender"),
                "text": "\n\n".join(told),
                "sent_at": first.sent_at - timedelta(minutes=1),
            }
        )

    def invitee(self, language: str) -> Invitee:
        """Return who is invited."""
        return lazy.administration.Invitee(
            first_name=self._person.first_name,
            last_name=LAST_NAME,
            birth_date=self._person.birth_date,
            nir=self._person.nir.replace(" ", ""),
            kind=lazy.card_serial.CardKind(self._card),
            serial=self._person.serials[self._card].replace(" ", ""),
            email=self._person.email,
            mobile=self._person.mobile,
            language=language,
        )
