"""Mail through an SMTP server: STARTTLS or TLS, verified; signed in to; connections kept.

What the server answers decides. It takes the letter: it went. It refuses this letter: `Returned`,
for good (5xx) or for now (4xx, greylisting). It refuses us (sender, password, certificate) or says
nothing: `Unreachable`, and every letter waits: a wrong setting must not lose a campaign.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from espace_tui.activation.delivery import Letter, Returned
from espace_tui.delivery.mail import made
from espace_tui.errors import Unreachable

_CLOSED = (SMTPConnectError, SMTPHeloError, SMTPSenderRefused, SMTPServerDisconnected, OSError)
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
    sender: str = ""
    authority: Path | None = None
    timeout: float = 20


class SmtpDelivery:
    """A Delivery to one mail server; as many connections as letters sent at once."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._idle: list[tuple[float, SMTP]] = []

    async def send(self, letter: Letter) -> None:
        """Send one letter; raises `Returned` or `Unreachable`."""
        message = made(letter, self._server.sender)
        connection = await self._taken()
        try:
            await connection.send_message(message, recipients=[letter.to])
        except (SMTPException, OSError) as error:
            self._give_back(connection, error)
            raise _told(error) from error
        except BaseException:
            connection.close()
            raise
        self._give_back(connection)

    async def aclose(self) -> None:
        """Take leave of the server."""
        while self._idle:
            connection = self._idle.pop()[1]
            try:
                await connection.quit(timeout=1)
            except (SMTPException, OSError):
                connection.close()

    async def _taken(self) -> SMTP:
        while self._idle:
            since, connection = self._idle.pop()
            if connection.is_connected and time.monotonic() - since < _KEPT:
                return connection
            connection.close()
        try:
            return await self._connected()
        except (SMTPException, OSError) as error:
            raise _closed(error) from error

    async def _connected(self) -> SMTP:
        server = self._server
        connection = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            tls_context=ssl.create_default_context(cafile=server.authority),
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

    def _give_back(self, connection: SMTP, error: Exception | None = None) -> None:
        if connection.is_connected and not isinstance(error, OSError):
            self._idle.append((time.monotonic(), connection))
        else:
            connection.close()


def _told(error: Exception) -> Returned | Unreachable:
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        return _told(error.recipients[0])
    if isinstance(error, SMTPNotSupported):
        return Returned("smtp-utf8", is_final=True)
    if not isinstance(error, SMTPResponseException) or isinstance(error, _CLOSED):
        return _closed(error)
    if error.code == _SHUTTING:
        return Unreachable("busy")
    return Returned(f"smtp-{error.code}", is_final=error.code >= _FINAL)


def _closed(error: Exception) -> Unreachable:
    if isinstance(error, ssl.SSLError | ssl.CertificateError) or isinstance(
        error.__cause__, ssl.SSLError
    ):
        return Unreachable("certificate")
    if isinstance(error, SMTPTimeoutError):
        return Unreachable("timeout")
    if isinstance(error, SMTPAuthenticationError):
        return Unreachable("sign-in")
    return Unreachable("network")
