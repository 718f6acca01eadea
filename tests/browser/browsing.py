"""Windows on the site that watch for what must not happen: other hosts, script errors, broken policy."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    # Whatever a page asks of another host fails as it would without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
#: Pages are quick; a machine that does other things beside the tests is not.
PATIENCE = 20_000
PASSWORD = "hashiya-demo"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}


def launch(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    expect.set_options(timeout=PATIENCE)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


#: True once the page's scripts have run and, where there is a text, a picture or a film to annotate, listen to it; at once where scripts are off.
READY = """() => document.documentElement.dataset.script !== "on" || (document.readyState !== "loading"
  && [...document.querySelectorAll("article[data-text-id], [data-ground]")].every((one) => "ready" in one.dataset))"""
#: What a hand does to a thing on the page, and what it does it with.
GESTURES = ("click", "dblclick", "tap", "check", "uncheck", "fill", "select_option", "set_input_files")
DEVICES = ("keyboard", "mouse", "touchscreen")


def _no_quicker_than_a_hand() -> None:
    """Let no test touch a page before it listens: what is pressed before is lost, on a slow machine more often."""
    for name in GESTURES:
        setattr(Locator, name, _once_ready(getattr(Locator, name)))
    for name in DEVICES:
        setattr(Page, name, property(_device_once_ready(getattr(Page, name).fget)))


def ready(page: Page) -> None:
    """Wait until the page listens; gestures do it by themselves."""
    page.wait_for_load_state("domcontentloaded")
    page.wait_for_function(READY)


def _once_ready(gesture: Callable[..., Any]) -> Callable[..., Any]:
    def ready_then(self: Locator, *given: Any, **options: Any) -> Any:
        ready(self.page)
        return gesture(self, *given, **options)

    return ready_then


def _device_once_ready(device: Callable[[Page], Any]) -> Callable[[Page], Any]:
    def ready_then(self: Page) -> Any:
        ready(self)
        return device(self)

    return ready_then


_no_quicker_than_a_hand()


@dataclass
class Watch:
    """What went wrong in the windows of one test."""

    url: str
    complaints: list[str] = field(default_factory=list)
    #: Patterns of complaints that the test provokes on purpose.
    expected: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to everything that the windows of `context` do."""
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complain(f"script error: {error.error}"))

    def complain(self, what: str) -> None:
        """Note a complaint."""
        self.complaints.append(what)

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme in ("data", "blob"):
            return
        if not request.url.startswith(self.url):
            self.complain(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.complain(f"{response.status} {response.request.method} {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.page.url if message.page else ""
            self.complain(
                f"console {message.type}: {message.text} ({message.location.get('url')} on {where})"
            )

    def verdict(self) -> list[str]:
        """Return the complaints that nobody expected."""
        return [
            complaint
            for complaint in self.complaints
            if not any(re.search(pattern, complaint) for pattern in self.expected)
        ]


@dataclass
class Windows:
    """Opens windows as some person, in some language, on some device; closes them all at the end."""

    browser: Browser
    url: str
    #: Signed-in cookies by e-mail, kept for the session: signing in is limited, and not what most tests try.
    sign_ins: dict[str, dict]  # type: ignore[type-arg]
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str = "", *, who: str = "", language: str = "en", size: dict[str, int] | None = None,
        touch: bool = False, javascript: bool = True, dark: bool = False, forced: bool = False,
    ) -> Page:  # fmt: skip
        """Return a window at `/<language>/<path>`; `who` is the name of a demonstration account or nobody."""
        context = self.browser.new_context(
            base_url=self.url, viewport=size or WIDE, has_touch=touch, is_mobile=touch,
            java_script_enabled=javascript, color_scheme="dark" if dark else "light",
            locale="ar-SY" if language == "ar" else "en-GB", reduced_motion="reduce", accept_downloads=True,
            storage_state=self._signed_in(who) if who else None, forced_colors="active" if forced else "none",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.watch.over(context)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(path if path.startswith(("/", "http")) else f"/{language}/{path}")
        return page

    def _signed_in(self, who: str) -> dict:  # type: ignore[type-arg]
        if who not in self.sign_ins:
            context = self.browser.new_context(base_url=self.url)
            page = context.new_page()
            sign_in(page, who)
            self.sign_ins[who] = context.storage_state()  # type: ignore[assignment]
            context.close()
        return self.sign_ins[who]

    def photograph(self, folder: Path) -> None:
        """Keep what the windows show, for whoever looks into a failure, and say where."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(page for context in self.contexts for page in context.pages):
            with suppress(Error):  # A window that hangs is no reason to lose the others.
                page.screenshot(path=folder / f"{number}.png", full_page=True)
            (folder / f"{number}.html").write_text(page.content())
            print(f"{page.url}: {folder / f'{number}.png'}")  # noqa: T201 - pytest shows it with the failure.

    def close(self) -> None:
        """Close every window."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()


def sign_in(page: Page, who: str, *, language: str = "en") -> None:
    """Sign in by hand as `who`, an e-mail or the name of a demonstration account."""
    page.goto(f"/{language}/account/login/")
    page.locator("#id_login").fill(who if "@" in who else f"{who}@demo.example")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form:has(#id_login) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)
