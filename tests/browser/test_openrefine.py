"""A real, unmodified OpenRefine with the reconciliation service: what it asks, what it shows, what it takes over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.live_site import LiveSite
from tests.browser.openrefine import PROGRAM, OpenRefine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not PROGRAM, reason="OpenRefine is not installed; `apt-get install openrefine`."),
]

#: Two of the demonstration's places, one of them far from where the table says, and one that nobody knows.
TABLE = "name,lat,lon\nحلب,36.2,37.13\nQueiq,,\nAleppo,21.4,39.8\nلا شيء كهذا,,\n"
PLACE = {"id": "place", "name": "Place"}
NEAR = [
    {"column": "lat", "propertyName": "Latitude", "propertyID": "latitude"},
    {"column": "lon", "propertyName": "Longitude", "propertyID": "longitude"},
]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    """OpenRefine, started once."""
    program = OpenRefine(tmp_path_factory.mktemp("refine"))
    program.start()
    yield program
    program.stop()


@pytest.fixture
def service(site: LiveSite) -> str:
    """The address of the service that is the vocabulary itself."""
    return f"{site.url}/reconcile/"


def test_column_is_guessed_reconciled_and_extended(refine: OpenRefine, service: str) -> None:
    project = refine.project(TABLE)

    guessed = refine.command("guess-types-of-column", project, columnName="name", service=service)
    refine.reconcile(project, "name", service, type=PLACE, columnDetails=NEAR)
    near, other_name, far, unknown = (row[0]["recon"] for row in refine.rows(project))
    refine.command(
        "extend-data", project, baseColumnName="name", endpoint=service, columnInsertIndex="1",
        extension={"properties": [{"id": "latitude", "name": "Latitude"}, {"id": "variants", "name": "Variant names"}]},
        **refine.spaces(service),
    )  # fmt: skip
    first = refine.rows(project)[0]

    assert guessed["types"][0]["id"] == "place"
    assert [near["j"], other_name["j"], far["j"], unknown["j"]] == ["matched", "matched", "none", "none"]
    assert near["m"]["name"] == "حلب"
    assert near["m"]["id"] == far["c"][0]["id"]
    assert unknown["c"] == []
    assert [first[3]["v"], first[4]["v"]] == [36.2021, "الشهباء"]


def _opened(browser: Browser, refine: OpenRefine, project: str, failed: list[str], service: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("requestfailed", lambda one: failed.append(one.url) if one.url.startswith(service) else None)
    page.on(
        "response",
        lambda one: failed.append(one.url) if one.url.startswith(service) and one.status >= 400 else None,
    )
    page.goto(f"{refine.url}/project?project={project}")
    return page


def _choose(page: Page, field: Locator, beginning: str, name: str) -> None:
    """Type a beginning, see what the service says of the suggestion, and take it."""
    field.press_sequentially(beginning)
    suggested = page.locator(".fbs-item:visible", has_text=name).first
    suggested.hover()
    expect(page.locator(".fbs-flyout-pane:visible")).to_contain_text(name)
    suggested.click()


def test_dialogs_suggest_preview_and_match(chromium: Browser, refine: OpenRefine, service: str) -> None:
    project, failed = refine.project(TABLE), list[str]()
    page = _opened(chromium, refine, project, failed, service)

    page.locator(".column-header", has_text="name").locator(".column-header-menu").click()
    page.get_by_text("Reconcile", exact=True).hover()
    page.get_by_text("Start reconciling").click()
    page.get_by_text("Add Standard Service").click()
    page.locator("input[bind=input]").last.fill(service)
    page.get_by_role("button", name="Add Service").last.click()
    # The types that the service guessed, and a property that it suggests.
    expect(page.locator(".dialog-body input[value=place]")).to_be_visible()
    _choose(page, page.locator(".dialog-body input[name=property]").first, "lat", "Latitude")
    page.locator(".dialog-body input[value=place]").check()
    page.get_by_role("button", name="Start Reconciling").click()
    matched = page.locator(".data-table a", has_text="حلب").first
    expect(matched).to_be_visible()

    matched.hover()
    expect(page.frame_locator("iframe[src*='/preview?']").locator("h1")).to_have_text("Aleppo")
    page.mouse.move(2, 2)
    page.get_by_text("Search for match").last.click()
    field = page.locator(
        ".data-table-recon-search-dialog input, .dialog-container input, .menu-container input"
    ).first
    field.fill("")
    _choose(page, field, "قوي", "Quwayq")

    assert failed == []
    page.close()
