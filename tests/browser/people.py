"""How somebody comes to the site and makes their account safe: an invitation, a password, an authenticator app."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page, expect

from tests.browser.browsing import PASSWORD


def invite(page: Page, email: str, *, role: str) -> str:
    """Invite a person to a role and return the link that is shown once."""
    page.goto("/en/desk/people/invite/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(role).check()
    page.get_by_role("button", name="Make the invitation").click()
    return page.get_by_label("Link").input_value()


def join(page: Page, *, name: str) -> None:
    """Open the account that the invitation at hand offers."""
    page.locator("[name=display_name]").fill(name)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Open the account").click()
    expect(page.get_by_text("Welcome. Your account is open.")).to_be_visible()


def add_authenticator(page: Page) -> None:
    """Add an authenticator app, as the site's own pages ask for it."""
    page.get_by_role("link", name="Set up").first.click()
    if page.locator("input[type=password]").count():
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("#main button[type=submit]").first.click()
    secret = page.get_by_label("Key for the app").input_value()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url(re.compile("recovery"))


def code_of(secret: str) -> str:
    """Return what an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
