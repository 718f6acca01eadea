"""A published edition on a slow phone: until there is something to read, and what has to be sent for it.

Chromium as a phone whose processor is four times slower, on a line of 1.6 megabits with 150 ms to and fro, the figures
that Lighthouse takes for a slow 4G; nothing remembered.
"""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

from tests.bench.browser import _chromium
from tests.bench.material import accept_all, add_notes, make_text, people, publish_edition
from tests.bench.outcome import Outcome, at_most
from tests.bench.site import prepared, serving

WORDS, NOTES, TURNS = 12_000, 300, 5
#: Milliseconds; bytes.
PAINTED, ALL_BYTES, WITHOUT_FONTS = 1_500, 250_000, 120_000
SLOWER, LATENCY, BYTES_A_SECOND = 4, 150, 1_600_000 / 8

_FIRST = """() => new Promise((done) => {
  new PerformanceObserver((list, own) => {
    const first = list.getEntriesByName("first-contentful-paint")[0];
    if (first) { own.disconnect(); done(first.startTime); }
  }).observe({ type: "paint", buffered: true });
})"""


def run() -> list[Outcome]:
    """Publish a text as long as the founding article, and open it five times; the middle one counts."""
    with prepared() as site:
        who = people()
        text = make_text("phone", WORDS)
        add_notes(text, NOTES, author=who["scholar"])
        accept_all(text, reviewer=who["reviewer"])
        page = publish_edition(text, editor=who["editor"])
        with serving(site), _chromium() as browser:
            opened = [_opened(browser, f"{site.url}{page}") for _ in range(TURNS)]
    first = statistics.median(took for took, _weights in opened)
    weights = opened[-1][1]
    sent, fonts = sum(weights.values()) - weights["Image"], weights["Font"]
    parts = ", ".join(f"{kind} {weight / 1000:.0f}" for kind, weight in weights.most_common() if weight)
    return [
        at_most("first paint with content, slow phone", first, PAINTED, "ms", beside=f"{WORDS:,} words, {NOTES} notes"),
        at_most("sent for it, without pictures", sent, ALL_BYTES, "bytes", beside=f"kB: {parts}"),
        at_most("sent for it, without pictures and fonts", sent - fonts, WITHOUT_FONTS, "bytes"),
    ]  # fmt: skip


def _opened(browser: Any, url: str) -> tuple[float, Counter[str]]:
    """Return the milliseconds to the first paint with content, and the bytes that came, by kind."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, device_scale_factor=2
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    weights: Counter[str] = Counter()
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda told: weights.update({kinds.get(told["requestId"], "Other"): int(told["encodedDataLength"])}),
    )
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
    })  # fmt: skip
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="networkidle")
    first: float = page.evaluate(_FIRST)
    context.close()
    return first, weights
