"""What an operator chose: options > environment > a file in TOML, each named in docs/operating.md.

Three variables: ``ESPACE_SERVICE_DATABASE``, ``ESPACE_SERVICE_KEYS``, and the file itself,
``ESPACE_SERVICE_CONFIG``. A secret is never an argument nor part of an address: it stands alone in
a file that a key ``…_file`` names, or in the variable of `SECRETS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from espace_tui.activation.context import DAY
from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.local.settings.file import parse_toml
from espace_tui.local.settings.parsers import (
    Parse,
    one_of,
    parse_path,
    parse_readable_file,
    parse_table,
    parse_text,
)
from espace_tui.model.policy import POLICIES
from espace_tui.service.options import ServiceOptions

_LARGEST = 65_535
_MOST = 1_000_000_000


def parse_whole_number(source: str, key: str, value: object) -> int:
    """Read a whole number, a port at most."""
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or int(text) > _LARGEST:
        raise InvalidSettings("not-a-number", place=source, key=key, found=value)
    return int(text)


def parse_count(source: str, key: str, value: object) -> int:
    """Read how many of something there may be, one at least."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:20]) <= _MOST):
        raise InvalidSettings("not-a-number", place=source, key=key, found=value)
    return int(text)


def parse_text_list(source: str, key: str, value: object) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(value, list):
        raise InvalidSettings("not-a-list", place=source, key=key)
    return tuple(parse_text(source, key, each) for each in value)


RETENTION = {
    "failures": "failure_life",
    "flows": "flow_life",
    "dead_letters": "dead_letter_life",
    "campaigns": "campaign_life",
    "audit": "audit_life",
}
"""How many days each is kept, and the name of the limit."""
_LEAST_DAYS = {"audit": 366}


def parse_days(source: str, key: str, value: object) -> int:
    """Read a number of days, one at least; the audit trail is kept for a year at least."""
    days, least = parse_whole_number(source, key, value), _LEAST_DAYS.get(key.rpartition(".")[2], 1)
    if days < least:
        raise InvalidSettings("not-enough-days", place=source, key=key, found=days, least=least)
    return days


TABLES: Mapping[str, Mapping[str, Parse]] = {
    "": {
        "database": parse_text,
        "database_password_file": parse_path,
        "keys": parse_path,
        "policy": one_of(tuple(POLICIES)),
        "log_level": one_of(("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "http": {
        "host": parse_text,
        "port": parse_whole_number,
        "metrics_host": parse_text,
        "metrics_port": parse_whole_number,
        "trusted_proxies": parse_text_list,
        "certificate": parse_readable_file,
        "private_key": parse_readable_file,
        "grace": parse_whole_number,
        "hash_queue": parse_whole_number,
        "max_requests": parse_whole_number,
        "client_writes": parse_whole_number,
        "total_writes": parse_whole_number,
    },
    "limits": {"codes_per_hour": parse_count, "openings_per_pass": parse_count},
    "work": {"metrics_host": parse_text, "metrics_port": parse_whole_number},
    "retention": dict.fromkeys(RETENTION, parse_days),
    "mail": {
        "host": parse_text,
        "port": parse_whole_number,
        "tls": one_of(("starttls", "tls", "none")),
        "user": parse_text,
        "password_file": parse_path,
        "sender": parse_text,
        "authority": parse_readable_file,
        "timeout": parse_whole_number,
        "at_once": parse_whole_number,
        "maildir": parse_path,
    },
    "sms": {
        "url": parse_text,
        "method": one_of(("POST", "PUT", "GET")),
        "headers": parse_table,
        "body": parse_text,
        "secret_file": parse_path,
        "authority": parse_readable_file,
        "timeout": parse_whole_number,
        "at_once": parse_whole_number,
        "spool": parse_path,
        "maildir": parse_path,
    },
}
"""The keys of each table; those that stand alone are in the table without a name."""


def read_config_file(path: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a file, all of them; raises `InvalidSettings` naming file and key."""
    try:
        content = parse_toml(path, path.read_bytes())
    except OSError:
        raise InvalidSettings("unreadable", place=path) from None
    alone = {name: value for name, value in content.items() if name not in TABLES}
    tables = {name: content.get(name, {}) for name in TABLES if name} | {"": alone}
    return {name: _parse_table(str(path), name, found) for name, found in tables.items()}


def _parse_table(source: str, name: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidSettings("not-a-table", place=source, key=name)
    known, lead = TABLES[name], f"{name}." if name else ""
    for key in value:
        if key not in known:
            near = nearest(f"{lead}{key}", _all_keys())
            raise InvalidSettings("unknown-key", place=source, key=f"{lead}{key}", nearest=near)
    return {key: known[key](source, f"{lead}{key}", value) for key, value in value.items()}


def _all_keys() -> list[str]:
    return [f"{name}.{key}".lstrip(".") for name, keys in TABLES.items() for key in keys]


PREFIX = "ESPACE_SERVICE_"
SECRETS = {
    "database_password_file": PREFIX + "DATABASE_PASSWORD",
    "mail.password_file": PREFIX + "MAIL_PASSWORD",
    "sms.secret_file": PREFIX + "SMS_SECRET",
}
"""Each key that names the file of a secret, and the variable that may hold it instead."""


@dataclass(frozen=True, slots=True)
class ServiceConfig:
    """What to serve with, the password of the database, and the tables of the two ways out."""

    service: ServiceOptions
    source: str = ""
    password: str = field(default="", repr=False)
    work: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, object]] = field(default_factory=dict, repr=False)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def mail(self) -> Mapping[str, object]:
        """The way out of mail with its password: only who sends reads it."""
        return _with_secret("mail", "password", self.tables["mail"], self.environment)

    @property
    def sms(self) -> Mapping[str, object]:
        """The way out of text messages with its secret: only who sends reads it."""
        return _with_secret("sms", "secret", self.tables["sms"], self.environment)


def read_config(
    named_options: Mapping[str, str | None],
    http_options: Mapping[str, str | None],
    environment: Mapping[str, str],
    data_dir: Path,
) -> ServiceConfig:
    """Return the choices in force; raises `InvalidSettings`."""
    file = named_options["config"] or environment.get(PREFIX + "CONFIG", "")
    found = (
        read_config_file(parse_path("--config", "config", file))
        if file
        else {name: {} for name in TABLES}
    )
    top, http = found[""], dict(found["http"])
    for name, text in http_options.items():
        if text is not None:
            http[name] = text if name == "host" else parse_whole_number(f"--{name}", name, text)
    database = (
        named_options["database"] or environment.get(PREFIX + "DATABASE") or top.get("database")
    )
    keys = named_options["keys"] or environment.get(PREFIX + "KEYS") or top.get("keys")
    return ServiceConfig(
        service=ServiceOptions(
            database=_without_password(database),
            keys=parse_path("--keys", "keys", str(keys or data_dir / "keys.json")),
            **{name: top[name] for name in ("policy", "log_level") if name in top},
            **found["limits"],
            **http,
            lives={RETENTION[name]: DAY * days for name, days in found["retention"].items()},
        ),
        source=file,
        work=found["work"],
        password=read_secret("database_password_file", top, environment),
        tables={name: found[name] for name in ("mail", "sms")},
        environment=environment,
    )


def read_secret(key: str, table: Mapping[str, object], environment: Mapping[str, str]) -> str:
    """Return a secret, from its file or its variable; empty when there is none."""
    path = table.get(key.rpartition(".")[2])
    if path is None:
        return environment.get(SECRETS[key], "")
    try:
        return Path(str(path)).read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidSettings("unreadable", place=path) from None


def _with_secret(
    name: str, kind: str, table: Mapping[str, object], environment: Mapping[str, str]
) -> dict[str, object]:
    named = f"{kind}_file"
    hidden = read_secret(f"{name}.{named}", table, environment)
    kept = {key: value for key, value in table.items() if key != named}
    return kept | ({kind: hidden} if kept and hidden else {})


def _without_password(database: object) -> str:
    if not database:
        raise InvalidSettings("no-database", variable=PREFIX + "DATABASE")
    address = str(database)
    try:
        has_password = "password=" in address or urlsplit(address).password is not None
    except ValueError:
        has_password = False
    if has_password:
        raise InvalidSettings("password-in-address", variable=SECRETS["database_password_file"])
    return address
