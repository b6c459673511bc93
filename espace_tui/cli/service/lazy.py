"""What an operator's commands import at their first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "config": "espace_tui.cli.service.config",
    "dispatcher": "espace_tui.operating.dispatcher",
    "key_file": "espace_tui.operating.key_file",
    "keys": "espace_tui.activation.crypto.keys",
    "logs": "espace_tui.service.logs",
    "maildir": "espace_tui.activation.mail.deliveries.maildir",
    "postgres_sql": "espace_tui.activation.stores.postgres_sql",
    "registry": "espace_tui.backends.registry",
    "server": "espace_tui.service.server",
    "sms_gateway": "espace_tui.activation.mail.deliveries.sms_gateway",
    "sms_spool": "espace_tui.activation.mail.deliveries.sms_spool",
    "smtp": "espace_tui.activation.mail.deliveries.smtp",
    "port": "espace_tui.activation.stores.port",
    "values": "espace_tui.model.values",
    "worker": "espace_tui.operating.worker",
}

if TYPE_CHECKING:
    from espace_tui.activation.crypto import keys as keys
    from espace_tui.activation.mail.deliveries import maildir as maildir
    from espace_tui.activation.mail.deliveries import sms_gateway as sms_gateway
    from espace_tui.activation.mail.deliveries import sms_spool as sms_spool
    from espace_tui.activation.mail.deliveries import smtp as smtp
    from espace_tui.activation.stores import port as port
    from espace_tui.activation.stores import postgres_sql as postgres_sql
    from espace_tui.backends import registry as registry
    from espace_tui.cli.service import config as config
    from espace_tui.model import values as values
    from espace_tui.operating import dispatcher as dispatcher
    from espace_tui.operating import key_file as key_file
    from espace_tui.operating import worker as worker
    from espace_tui.service import logs as logs
    from espace_tui.service import server as server
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
