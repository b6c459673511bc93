"""What an operator chose: options > environment > a file in TOML, each named in docs/operating.md.

Three variables: ``ESPACE_SERVICE_DATABASE``, ``ESPACE_SERVICE_KEYS``, and the file itself,
``ESPACE_SERVICE_CONFIG``. A secret is never an argument nor part of an address: it stands alone in
a file that a key ``…_file`` names, or in the variable of `SECRETS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from espace_tui.cli.service.readings import FIELDS, read_file, whole
from espace_tui.errors import InvalidSettings
from espace_tui.service.options import ServiceOptions

PREFIX = "ESPACE_SERVICE_"
SECRETS = {
    "database_password_file": PREFIX + "DATABASE_PASSWORD",
    "mail.password_file": PREFIX + "MAIL_PASSWORD",
    "sms.secret_file": PREFIX + "SMS_SECRET",
}
"""Each key that names the file of a secret, and the variable that may hold it instead."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What to serve with, the password of the database, and the tables of the two ways out."""

    service: ServiceOptions
    place: str = ""
    password: str = field(default="", repr=False)
    mail: Mapping[str, object] = field(default_factory=dict, repr=False)
    sms: Mapping[str, object] = field(default_factory=dict, repr=False)


def read(
    given: Mapping[str, str | None],
    others: Mapping[str, str | None],
    environment: Mapping[str, str],
    data_dir: Path,
) -> Choices:
    """Return the choices in force; raises `InvalidSettings`."""
    file = given["config"] or environment.get(PREFIX + "CONFIG", "")
    found = read_file(Path(file).expanduser()) if file else {name: {} for name in FIELDS}
    top, http = found[""], dict(found["http"])
    for name, text in others.items():
        if text is not None:
            http[name] = text if name == "host" else whole(f"--{name}", name, text)
    database = given["database"] or environment.get(PREFIX + "DATABASE") or top.get("database")
    keys = given["keys"] or environment.get(PREFIX + "KEYS") or top.get("keys")
    return Choices(
        service=ServiceOptions(
            database=_without_password(database),
            keys=Path(str(keys or data_dir / "keys.json")).expanduser(),
            **{name: top[name] for name in ("policy", "log_level") if name in top},
            **http,
        ),
        place=file,
        password=secret("database_password_file", top, environment),
        mail=_with_secret("mail", "password", found["mail"], environment),
        sms=_with_secret("sms", "secret", found["sms"], environment),
    )


def secret(key: str, table: Mapping[str, object], environment: Mapping[str, str]) -> str:
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
    hidden = secret(f"{name}.{named}", table, environment)
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
