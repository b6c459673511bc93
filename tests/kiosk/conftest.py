"""One browser for a whole file, without a window; a kiosk to stand in front of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guide.site import browser
from tests.guide.site.browser import Tab, browsing
from tests.kiosk.visitor import Kiosk, Visitor, serving


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser keeps what it keeps."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def tab(profile: Path) -> Iterator[Tab]:
    """The one tab of a browser, which tells what it asks for."""
    if not browser.FOUND:
        pytest.skip(browser.MISSING)
    with browsing(profile) as first:
        for domain in ("Network", "Log", "Runtime"):
            first.call(f"{domain}.enable")
        yield first


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    """A kiosk with invented people, for one person at a time."""
    with serving(tmp_path_factory.mktemp("kiosk") / "home", "--exercise") as served:
        yield served


@pytest.fixture
def visitor(tab: Tab, kiosk: Kiosk) -> Iterator[Visitor]:
    """Somebody who has just arrived, and who is gone at the end."""
    somebody = Visitor(tab, kiosk)
    somebody.arrive()
    yield somebody
    tab.open("about:blank")
    kiosk.wait_until_nobody()
