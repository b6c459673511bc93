"""Mail through an SMTP server: STARTTLS or TLS, verified; signed in to; connections kept.

The server's answer decides. It accepts the message: sent. It refuses this message: `DeliveryError`,
for good (5xx) or for now (4xx, greylisting). It refuses us (sender, password, certificate) or says
nothing: `Unreachable`, and every message waits: a wrong setting must not lose a campaign.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from espace_tui.activation.mail.deliveries.mime import build_message
from espace_tui.activation.mail.deliveries.trust import trust
from espace_tui.activation.mail.delivery import DeliveryError, OutgoingMessage
from espace_tui.errors import Unreachable

_US = (SMTPAuthenticationError, SMTPHeloError, SMTPSenderRefused)
"""Refusals that concern the sender: they say nothing of the message."""

_SHUTTING = 421
_FINAL = 500
_KEPT = 30.0
"""Seconds a connection may stay idle and still be trusted."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes; `tls` is ``starttls``, ``tls`` or ``none`` (a server on this machine)."""

    host: str
    port: int = 587
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = field(kw_only=True)
    authority: Path | None = None
    timeout: float = 20


class SmtpDelivery:
    """A Delivery to one mail server; as many connections as messages sent at once."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._idle: list[tuple[float, SMTP]] = []

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trust(self._server.authority)

    async def send(self, message: OutgoingMessage) -> None:
        """Send one message; raises `DeliveryError` or `Unreachable`."""
        mail = build_message(message, self._server.sender)
        try:
            async with asyncio.timeout(self._server.timeout):
                await self._send(mail, message.to)
        except (SMTPException, OSError) as error:
            raise _told(error) from error

    async def aclose(self) -> None:
        """Take leave of the server."""
        while self._idle:
            connection = self._idle.pop()[1]
            try:
                await connection.quit(timeout=1)
            except (SMTPException, OSError):
                connection.close()

    async def _send(self, mail: EmailMessage, to: str) -> None:
        connection = await self._taken()
        try:
            await connection.send_message(mail, recipients=[to])
        except SMTPException:
            self._keep(connection)
            raise
        except BaseException:
            connection.close()
            raise
        self._keep(connection)

    async def _taken(self) -> SMTP:
        while self._idle:
            since, connection = self._idle.pop()
            if connection.is_connected and time.monotonic() - since < _KEPT:
                return connection
            connection.close()
        return await self._connected()

    async def _connected(self) -> SMTP:
        server = self._server
        connection = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=self._trust,
            username=server.user or None,
            password=server.password or None,
            timeout=server.timeout,
        )
        try:
            await connection.connect()
        except BaseException:
            connection.close()
            raise
        return connection

    def _keep(self, connection: SMTP) -> None:
        if connection.is_connected:
            self._idle.append((time.monotonic(), connection))


def _told(error: Exception) -> DeliveryError | Unreachable:
    if isinstance(error, SMTPRecipientsRefused):
        error = error.recipients[0]
    if isinstance(error, SMTPNotSupported):
        return DeliveryError("smtp-utf8", is_final=True)
    if isinstance(error, SMTPResponseException):
        reason = f"smtp-{error.code}"
        if isinstance(error, _US) or error.code == _SHUTTING:
            return Unreachable("network", reason=reason)
        return DeliveryError(reason, is_final=error.code >= _FINAL)
    return Unreachable(_code(error), reason=type(error).__name__)


def _code(error: BaseException | None) -> str:
    """Return the code of a failure to reach the server, looked for in its causes."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return "certificate"
    return _code(error.__cause__ or error.__context__) if error else "network"
