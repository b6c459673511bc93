"""The options of the HTTP backend: what can be used, and what is told of the rest."""

from __future__ import annotations

import pytest

from espace_tui.backends.http import open_backend
from espace_tui.backends.http.options import HttpOptions
from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES, Texts

HTTPS = "https://service.example"

GOOD: list[tuple[dict[str, str], HttpOptions]] = [
    ({"url": HTTPS}, HttpOptions(HTTPS)),
    ({"url": f"{HTTPS}:8443/health/"}, HttpOptions(f"{HTTPS}:8443/health")),
    ({"url": "http://127.0.0.1:8480"}, HttpOptions("http://127.0.0.1:8480")),
    ({"url": "http://[::1]:8480"}, HttpOptions("http://[::1]:8480")),
    ({"url": "http://localhost"}, HttpOptions("http://localhost")),
    (
        {"url": HTTPS, "timeout": "2.5", "language": "en"},
        HttpOptions(HTTPS, timeout=2.5, language="en"),
    ),
    ({"url": HTTPS, "proxy": "http://proxy:3128"}, HttpOptions(HTTPS, proxy="http://proxy:3128")),
    ({"url": HTTPS, "ca": __file__, "data_dir": "/x"}, HttpOptions(HTTPS, ca=__file__)),
]
WRONG = [
    ({}, "missing-option"),
    ({"url": "service.example"}, "wrong-option"),
    ({"url": "ftp://service.example"}, "wrong-option"),
    ({"url": "https://"}, "wrong-option"),
    ({"url": "https://[::1"}, "wrong-option"),
    ({"url": f"{HTTPS}:99999"}, "wrong-option"),
    ({"url": "https://me:secret@service.example"}, "wrong-option"),
    ({"url": f"{HTTPS}/?token=x"}, "wrong-option"),
    ({"url": "http://service.example"}, "plain-http"),
    ({"url": "http://10.0.0.1"}, "plain-http"),
    ({"url": "http://localhost.example"}, "plain-http"),
    ({"url": HTTPS, "ca": f"{__file__}/nothing.pem"}, "unreadable"),
    ({"url": HTTPS, "timeout": "11"}, "wrong-option"),
    ({"url": HTTPS, "timeout": "0"}, "wrong-option"),
    ({"url": HTTPS, "timeout": "nan"}, "wrong-option"),
    ({"url": HTTPS, "timeout": "soon"}, "wrong-option"),
    ({"url": HTTPS, "proxy": "socks5://proxy"}, "wrong-option"),
    ({"url": "http://localhost", "proxy": "http://proxy:3128"}, "wrong-option"),
]


@pytest.mark.parametrize(("given", "read"), GOOD)
def test_options_that_can_be_used(given: dict[str, str], read: HttpOptions) -> None:
    assert HttpOptions.read(given) == read
    assert open_backend(given).name == "http"


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_options_that_cannot(given: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidSettings) as caught:
        open_backend(given)
    assert caught.value.code == code
    assert "secret" not in str(caught.value.values)


def test_each_of_them_has_its_words() -> None:
    for language in LANGUAGES:
        assert all(Texts(language).has(f"settings.{code}") for _, code in WRONG)


def test_a_proxy_is_not_shown() -> None:
    assert "secret" not in repr(HttpOptions(HTTPS, proxy="http://me:secret@proxy"))
