"""S22: certificates are verified, against the authority one chose; nothing else is trusted."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from espace_tui.backends.http import open_backend
from espace_tui.errors import InvalidSettings, Unreachable
from tests.service.serving import in_thread
from tests.service.town import ServiceWorld


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return authority


def certified(town: ServiceWorld, tmp_path: Path, authority: trustme.CA, name: str) -> ServiceWorld:
    made = authority.issue_cert(name)
    made.private_key_pem.write_to_path(tmp_path / "key.pem")
    made.cert_chain_pems[0].write_to_path(tmp_path / "cert.pem")
    certificate, private_key = tmp_path / "cert.pem", tmp_path / "key.pem"
    options = replace(town.options, certificate=certificate, private_key=private_key)
    return replace(town, options=options)


async def refused(options: dict[str, str]) -> str:
    backend = open_backend(options)
    with pytest.raises(Unreachable) as caught:
        await backend.policy()
    await backend.aclose()
    return caught.value.code


async def test_a_private_authority_is_trusted_when_it_is_given(
    town: ServiceWorld, tmp_path: Path, authority: trustme.CA
) -> None:
    served = certified(town, tmp_path, authority, "localhost")
    with in_thread(served.options) as port:
        url = f"https://localhost:{port}"
        backend = open_backend({"url": url, "ca": str(tmp_path / "ca.pem")})
        assert (await backend.policy()).name == "guide-2022"
        await backend.aclose()
        assert await refused({"url": url}) == "certificate"


async def test_the_name_must_be_that_of_the_certificate(
    town: ServiceWorld, tmp_path: Path, authority: trustme.CA
) -> None:
    served = certified(town, tmp_path, authority, "elsewhere.example")
    with in_thread(served.options) as port:
        options = {"url": f"https://localhost:{port}", "ca": str(tmp_path / "ca.pem")}
        assert await refused(options) == "certificate"


@pytest.mark.usefixtures("authority")
async def test_another_authority_is_not_trusted(town: ServiceWorld, tmp_path: Path) -> None:
    served = certified(town, tmp_path, trustme.CA(), "localhost")
    with in_thread(served.options) as port:
        options = {"url": f"https://localhost:{port}", "ca": str(tmp_path / "ca.pem")}
        assert await refused(options) == "certificate"


def test_an_authority_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="unreadable") as caught:
        open_backend({"url": "https://localhost:9", "ca": str(tmp_path / "nothing.pem")})
    assert caught.value.values["place"] == str(tmp_path / "nothing.pem")


@pytest.mark.parametrize("content", ["", "not a certificate"])
async def test_an_authority_that_cannot_be_read_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.pem"
    file.write_text(content)
    assert await refused({"url": "https://localhost:9", "ca": str(file)}) == "certificate"


async def test_the_environment_is_not_listened_to(
    town: ServiceWorld,
    tmp_path: Path,
    authority: trustme.CA,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Neither its authorities, nor its proxies, nor its key log."""
    keys = tmp_path / "keys.log"
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("SSLKEYLOGFILE", str(keys))
    served = certified(town, tmp_path, authority, "localhost")
    with in_thread(served.options) as port:
        url = f"https://localhost:{port}"
        assert await refused({"url": url}) == "certificate"
        backend = open_backend({"url": url, "ca": str(tmp_path / "ca.pem")})
        await backend.policy()
        await backend.aclose()
    assert not keys.exists()


def test_old_protocols_are_not_spoken() -> None:
    assert ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).minimum_version >= ssl.TLSVersion.TLSv1_2
