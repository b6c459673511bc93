"""A real mail server in the test's own loop: aiosmtpd, with STARTTLS or TLS and a password."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from espace_tui.activation.mail.deliveries.smtp import MailServer

USER, PASSWORD = "espace", "a long secret"


def _open_gate() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


@dataclass
class Mailbox:
    """What the server took, and what it is to answer: `replies` by address, in order."""

    server: MailServer
    taken: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    replies: dict[str, deque[str]] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=_open_gate)
    sessions: int = 0
    quits: int = 0
    utf8: bool = True
    listener: asyncio.Server | None = None
    trust: ssl.SSLContext | None = None
    open: list[SMTP] = field(default_factory=list)

    def reply(self, address: str, *replies: str) -> None:
        """Answer this when mail for an address comes, once each."""
        self.replies[address] = deque(replies)

    async def start(self) -> None:
        """Listen, on the same port as before if there was one."""
        server = self.server
        implicit = self.trust if server.tls == "tls" else None
        self.listener = await asyncio.get_running_loop().create_server(
            self._session, server.host, server.port, ssl=implicit
        )
        self.server = replace(server, port=self.listener.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening and hang up."""
        assert self.listener
        self.listener.close()
        for session in list(self.open):
            if isinstance(session.transport, asyncio.Transport):
                session.transport.abort()

    def _session(self) -> SMTP:
        self.sessions += 1
        made = SMTP(
            self,
            hostname="localhost",
            tls_context=self.trust if self.server.tls == "starttls" else None,
            require_starttls=self.server.tls == "starttls",
            auth_required=bool(self.server.user),
            auth_require_tls=self.server.tls == "starttls",
            authenticator=_is_right,
            enable_SMTPUTF8=self.utf8,
        )
        self.open.append(made)
        return made

    async def handle_RCPT(  # noqa: N802 — aiosmtpd's name
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        """Take a recipient, or answer what the test asked."""
        waiting = self.replies.get(address)
        if waiting:
            return waiting.popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802 — aiosmtpd's name
        """Count a client that takes its leave."""
        self.quits += 1
        return "221 Bye"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 — aiosmtpd's name
        """Take a message."""
        await self.gate.wait()
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        self.to += envelope.rcpt_tos
        self.came.set()
        return "250 OK"


def _is_right(_: SMTP, __: Session, ___: Envelope, ____: str, data: object) -> AuthResult:
    right = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@asynccontextmanager
async def mail_server(folder: Path, tls: str = "starttls") -> AsyncIterator[Mailbox]:
    """A server on a free port, with a certificate of its own authority."""
    authority = trustme.CA()
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(trust)
    pem = folder / "authority.pem"
    authority.cert_pem.write_to_path(pem)
    server = MailServer(
        host="127.0.0.1",
        port=0,
        tls=tls,
        user="" if tls == "none" else USER,
        password="" if tls == "none" else PASSWORD,
        sender="Espace santé <ne-pas-repondre@exemple.fr>",
        authority=pem,
        timeout=5,
    )
    mailbox = Mailbox(server, trust=trust)
    await mailbox.start()
    try:
        yield mailbox
    finally:
        await mailbox.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
