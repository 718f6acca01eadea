"""One real site and one browser for the session; new windows for every test."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.browsing import CHROMIUM, Watch, Windows, launch
from tests.browser.live_site import ROOT, LiveSite

PASSED = pytest.StashKey[dict[str, bool]]()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The demonstration, served as `make demo` serves it."""
    if not (ROOT / "frontend/dist/manifest.json").is_file():
        pytest.fail("The front end is not built; run `make setup`.")
    live = LiveSite(tmp_path_factory.mktemp("site"))
    live.prepare()
    live.start()
    yield live
    live.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; per module, since two drivers cannot live in one thread at a time."""
    if not Path(CHROMIUM).exists():
        pytest.fail(f"There is no {CHROMIUM}; install it with `apt-get install chromium`.")
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sign_ins() -> dict[str, dict]:  # type: ignore[type-arg]
    """The cookies of those who signed in already."""
    return {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell the fixtures how the test went."""
    report = yield
    item.stash.setdefault(PASSED, {})[report.when] = report.passed
    return report


@pytest.fixture
def windows(
    site: LiveSite, chromium: Browser, sign_ins: dict[str, dict],  # type: ignore[type-arg]
    request: pytest.FixtureRequest,
) -> Iterator[Windows]:  # fmt: skip
    """Windows of the site; the test fails when anything in them went wrong unasked."""
    opened = Windows(chromium, site.url, sign_ins, Watch(site.url))
    yield opened
    if not request.node.stash[PASSED].get("call"):
        opened.photograph(site.root / "failures" / request.node.name)
    opened.close()
    assert opened.watch.verdict() == []
