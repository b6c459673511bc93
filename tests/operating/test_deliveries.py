"""The ways out are opened as the operator chose them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from espace_tui.cli.service.config import ServiceConfig, read_config
from espace_tui.cli.service.deliveries import is_loopback, open_deliveries
from espace_tui.errors import InvalidSettings
from espace_tui.model.values import Channel

NOTHING = {"database": "sqlite:///x", "keys": None, "config": None}


def chosen(folder: Path, text: str, environment: Mapping[str, str], **others: str) -> ServiceConfig:
    path = folder / "service.toml"
    path.write_text(text, "utf-8")
    return read_config(NOTHING | {"config": str(path)}, others, environment, folder)


@pytest.mark.parametrize(
    ("text", "channel", "kind", "at_once"),
    [
        ("[mail]\nhost='a.fr'\nsender='a@a.fr'", Channel.EMAIL, "SmtpDelivery", 8),
        ("[mail]\nmaildir='letters'\nat_once=2", Channel.EMAIL, "Maildir", 2),
        ("[sms]\nurl='https://a.fr'\nbody='{to}'", Channel.SMS, "GatewayDelivery", 8),
        ("[sms]\nurl='http://127.0.0.1:9'\nat_once=3", Channel.SMS, "GatewayDelivery", 3),
        ("[sms]\nspool='letters'", Channel.SMS, "SpoolDelivery", 8),
        ("[sms]\nmaildir='letters'", Channel.SMS, "Maildir", 8),
    ],
)
async def test_a_way_is_opened_as_it_was_chosen(
    tmp_path: Path, text: str, channel: Channel, *, kind: str, at_once: int
) -> None:
    async with open_deliveries(chosen(tmp_path, text, {})) as found:
        delivery, pace = found[channel]
        assert (type(delivery).__name__, pace.concurrency) == (kind, at_once)


def test_a_secret_comes_from_its_file_or_its_variable(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("in a file\r\n", "utf-8")
    text = f"[mail]\nhost='a.fr'\npassword_file='{tmp_path}/secret'\n[sms]\nurl='https://a.fr'"
    choices = chosen(tmp_path, text, {"ESPACE_SERVICE_SMS_SECRET": "in a variable"})
    assert choices.mail["password"] == "in a file"
    assert choices.sms["secret"] == "in a variable"
    assert "in a" not in repr(choices)


def test_an_option_goes_before_the_file(tmp_path: Path) -> None:
    text = "[http]\nhost='10.0.0.1'\nport=1\ngrace=3\ntrusted_proxies=['10.0.0.0/8']"
    service = chosen(tmp_path, text, {}, host="127.0.0.1", port="2").service
    assert (service.host, service.port, service.grace) == ("127.0.0.1", 2, 3)
    assert service.trusted_proxies == ("10.0.0.0/8",)


@pytest.mark.parametrize(
    "text",
    ["[mail]\nauthority=", "[sms]\nauthority=", "[http]\ncertificate=", "[http]\nprivate_key="],
)
def test_a_file_that_is_not_there_is_told_before_anything_waits_for_it(
    tmp_path: Path, text: str
) -> None:
    with pytest.raises(InvalidSettings, match="unreadable") as caught:
        chosen(tmp_path, f"{text}'{tmp_path}/nothing.pem'", {})
    assert caught.value.values["place"] == tmp_path / "nothing.pem"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_only_this_machine_is_here(host: str) -> None:
    assert is_loopback(host)
    assert not is_loopback(f"{host}.exemple.fr")
