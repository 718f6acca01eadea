"""The words beside a film lead into the archive's own player, which marks what is said."""

from __future__ import annotations

import secrets
import time
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Page, expect

from tests.browser.browsing import PASSWORD, PHONE
from tests.factories_films import MP4, VTT

pytestmark = pytest.mark.browser


class Api:
    """The site's API, asked by the archivist."""

    def __init__(self, asking: APIRequestContext, url: str) -> None:
        self.asking, self.url = asking, f"{url}/api"
        self.headers: dict[str, str] = {}
        who = {"email": "archivist@demo.example", "password": PASSWORD}
        self.headers = {"Authorization": f"Token {self.post('tokens', data=who)['token']}"}

    def post(self, where: str, *, version: object = "", **sent: Any) -> dict[str, Any]:
        """Send something in; `version` is the one of what it changes."""
        headers = self.headers | ({"If-Match": f'"{version}"'} if version else {})
        return self._told(self.asking.post(f"{self.url}/{where}/", headers=headers, **sent))

    def get(self, where: str) -> dict[str, Any]:
        """Read something."""
        return self._told(self.asking.get(f"{self.url}/{where}/", headers=self.headers))

    def _told(self, answer: APIResponse) -> dict[str, Any]:
        assert answer.ok, answer.text()
        told: dict[str, Any] = answer.json()
        return told

    def open(self, work: str) -> None:
        """Let everybody see a work."""
        headers = self.headers | {"If-Match": f'"{self.get(f"works/{work}")["version"]}"'}
        self._told(self.asking.patch(f"{self.url}/works/{work}/", headers=headers, data={"access": "public"}))

    def draft_of(self, run: str) -> dict[str, Any]:
        """Return the draft of an import once the worker has read the file."""
        until = time.monotonic() + 90
        while time.monotonic() < until:
            draft = self.get(f"imports/{run}")["draft"]
            if draft:
                return self.get(f"drafts/{draft}")
            time.sleep(0.5)
        raise AssertionError("the worker never read the file")


def make_film(api: Api) -> str:
    """Enter a film that only its address offers, with a copy of it and its words; return its id."""
    about = {
        "url": f"https://films.example.org/bridge-{secrets.token_hex(4)}.mp4",
        "title_ar": "الجسر",
        "access": "public",
    }
    video = str(api.post("videos", data=about)["id"])
    film = {"name": "bridge.mp4", "mimeType": "video/mp4", "buffer": MP4}
    api.post("captures", multipart={"video": video, "file": film})
    words = {"name": "bridge.vtt", "mimeType": "text/vtt", "buffer": VTT.encode()}
    run = api.post("imports", multipart={"video": video, "language": "ar", "file": words})
    draft = api.draft_of(run["id"])
    accepted = {"sha256": draft["sha256"], "new_work": {"title_ar": "كلام الجسر"}}
    made = api.post(f"drafts/{draft['id']}/accept", version=draft["version"], data=accepted)
    api.open(made["work"])
    return video


def at(page: Page, second: float) -> None:
    """Let the player stand at a second, as if it had played until there."""
    page.locator("[data-film] video").evaluate(
        """(film, second) => {
          Object.defineProperty(film, "currentTime", { value: second, writable: true, configurable: true });
          film.dispatchEvent(new Event("timeupdate"));
        }""",
        second,
    )


def test_time_leads_into_the_player_and_what_is_said_is_marked(windows, site):
    page = windows.open(language="ar", size=PHONE)
    video = make_film(Api(page.request, site.url))
    page.goto(f"{site.url}/ar/videos/{video}/")
    lines = page.locator("[data-transcript] li")
    expect(lines).to_have_count(2)
    expect(page.locator("[data-film] track")).to_have_count(1)

    at(page, 2)
    expect(lines.nth(0)).to_have_attribute("aria-current", "true")
    at(page, 3606)
    expect(lines.nth(1)).to_have_attribute("aria-current", "true")
    expect(lines.nth(0)).not_to_have_attribute("aria-current", "true")

    address = page.url
    lines.nth(0).locator("a").click()
    assert page.locator("[data-film] video").evaluate("film => film.currentTime") == 1
    assert page.url == address
