"""The ways out an operator chose: a mail server, an SMS gateway or a gammu-smsd, or a folder.

A folder (a Maildir) is for trials. Without a delivery for a channel, its messages wait.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from espace_tui.cli.service import lazy
from espace_tui.errors import InvalidSettings

if TYPE_CHECKING:
    from espace_tui.activation.mail.delivery import Delivery
    from espace_tui.cli.service.config import ServiceConfig
    from espace_tui.model.values import Channel
    from espace_tui.operating.dispatcher import DispatchSettings

    ConfiguredDelivery = tuple[Delivery, DispatchSettings]


@asynccontextmanager
async def open_deliveries(
    config: ServiceConfig,
) -> AsyncIterator[Mapping[Channel, ConfiguredDelivery]]:
    """Open the ways out; raises `InvalidSettings` when there is none, or one is not safe."""
    async with AsyncExitStack() as stack:
        found: dict[Channel, ConfiguredDelivery] = {}
        for channel, table, opened in (
            (lazy.values.Channel.EMAIL, config.mail, _mail_delivery),
            (lazy.values.Channel.SMS, config.sms, _sms_delivery),
        ):
            if table:
                options: dict[str, Any] = dict(table)
                paced = {"concurrency": options.pop("at_once")} if "at_once" in options else {}
                delivery = opened(config.source, options, stack)
                found[channel] = (delivery, lazy.dispatcher.DispatchSettings(**paced))
        if not found:
            raise InvalidSettings("no-way", place=config.source)
        yield found


def _mail_delivery(source: str, table: dict[str, Any], stack: AsyncExitStack) -> Delivery:
    if "maildir" in table:
        return _maildir_delivery(table["maildir"])

    if "host" not in table or "sender" not in table:
        key = "mail.sender" if "host" in table else "mail.host"
        raise InvalidSettings("missing-key", place=source, key=key)
    if table.get("tls") == "none" and not is_loopback(table["host"]):
        raise InvalidSettings("in-clear", place=source, key="mail.tls")
    delivery = lazy.smtp.SmtpDelivery(lazy.smtp.MailServer(**table))
    stack.push_async_callback(delivery.aclose)
    return delivery


def _sms_delivery(source: str, table: dict[str, Any], stack: AsyncExitStack) -> Delivery:
    if "maildir" in table:
        return _maildir_delivery(table["maildir"])
    if "spool" in table:
        return lazy.sms_spool.SpoolDelivery(table["spool"])

    address = urlsplit(table.get("url", ""))
    if address.scheme not in {"http", "https"}:
        raise InvalidSettings("missing-key", place=source, key="sms.url")
    if address.scheme == "http" and not is_loopback(address.hostname or ""):
        raise InvalidSettings("in-clear", place=source, key="sms.url")
    delivery = lazy.sms_gateway.GatewayDelivery(lazy.sms_gateway.Gateway(**table))
    stack.push_async_callback(delivery.aclose)
    return delivery


def _maildir_delivery(path: Path) -> Delivery:

    return lazy.maildir.Maildir(path)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this very machine: only to it may anything go in clear."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
