"""What a test asks of a real keyring, one word per act, one line of JSON back."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any

import secretstorage
from jeepney import (
    DBusAddress,
    new_method_call,
)
from jeepney.io.blocking import (
    open_dbus_connection,
)

from espace_tui.errors import Unreachable
from espace_tui.local.keyring import SystemKeyring

BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")


def daemon() -> int:
    """Return the process of the keyring."""
    ask = new_method_call(BUS, "GetConnectionUnixProcessID", "s", ("org.freedesktop.secrets",))
    with closing(open_dbus_connection()) as bus:
        return int(bus.send_and_get_reply(ask).body[0])


def lock() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


def seen_by_anyone() -> list[Any]:
    """Return the labels and attributes, which are not secret."""
    with closing(secretstorage.dbus_init()) as bus:
        items = secretstorage.get_default_collection(bus).get_all_items()
        return [[item.get_label(), item.get_attributes()] for item in items]


async def save(vault: SystemKeyring) -> None:
    await vault.save(os.environ["IDENTIFIER"], os.environ["PASSWORD"])


OUTSIDE: dict[str, Callable[[], object]] = {
    "lock": lock,
    "stop": lambda: os.kill(daemon(), signal.SIGSTOP),
    "kill": lambda: os.kill(daemon(), signal.SIGKILL),
    "look": seen_by_anyone,
}


async def act(word: str, vault: SystemKeyring) -> object:
    if word in OUTSIDE:
        return OUTSIDE[word]()
    found: object = await (save(vault) if word == "save" else getattr(vault, word)())
    return found


async def main() -> None:
    vault = SystemKeyring("embedded", deadline=float(os.environ.get("DEADLINE", "8")))
    keyring = daemon() if "stop" in sys.argv else 0
    for word in sys.argv[1:]:
        try:
            found = await act(word, vault)
        except Unreachable as told:
            found = told.code
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    if keyring:
        os.kill(keyring, signal.SIGKILL)  # a stopped process outlives its session


if __name__ == "__main__":
    asyncio.run(main())
