"""Those who work here see the public pages as others do: told so, reading only, and never more than they see themselves."""

from __future__ import annotations

import pytest

from archive.access import ANYBODY, VIEW, declared, permitted, viewer_of
from archive.access.looks import LOOKS, looking_as
from archive.actions.create_work import create_work
from archive.models import User, Work
from archive.views.view_as import COOKIE
from tests.db.access.worlds import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(people):
    by = people["archivist"]
    return {
        access: create_work(values={"title_en": f"Title {access}", "access": access}, slug=access, by=by)
        for access in ("public", "members", "draft")
    }


def begin(client, look, **more):
    return client.post("/en/desk/view-as/", {"look": look, **more})


def seen(client):
    return {
        access
        for access in ("public", "members", "draft")
        if client.get(f"/en/works/{access}/").status_code == 200
    }


@pytest.mark.parametrize(
    ("look", "sees"),
    [("anonymous", {"public"}), ("member", {"public", "members"}), ("scholar", {"public", "members"})],
)
def test_pages_are_those_that_the_others_get(works, people, client, look, sees):
    client.force_login(people["editor"])
    assert seen(client) == {"public", "members", "draft"}

    begun = begin(client, look, next="/en/works/public/")

    assert begun["Location"] == "/en/works/public/"
    assert seen(client) == sees
    page = client.get("/en/works/public/")
    assert "You see this page as" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    titles = {row["title_en"] for row in client.get("/api/works/").json()["results"]}
    assert titles == {f"Title {access}" for access in sees}

    assert (
        client.post("/en/desk/view-as/end/", {"next": "/en/works/draft/"})["Location"] == "/en/works/draft/"
    )
    assert seen(client) == {"public", "members", "draft"}


def test_banner_enters_no_shared_page_and_no_shared_page_hides_it(works, people, client):
    before = client.get("/en/works/public/").content
    client.force_login(people["archivist"])
    begin(client, "anonymous")

    assert b"view-as" in client.get("/en/works/public/").content

    client.logout()
    client.cookies.clear()
    assert client.get("/en/works/public/").content == before


def test_nothing_can_be_written_while_it_is_on(works, people, client):
    client.force_login(people["administrator"])
    begin(client, "scholar")
    typed = "A long description that nobody wants to type again"

    answers = [
        client.post(f"/en/desk/works/{works['public'].public_id}/describe/", {"description_en": typed}),
        client.post("/api/works/", {"title_en": "New"}, "application/json"),
        client.patch(f"/api/works/{works['public'].public_id}/", {}, "application/json"),
        client.delete("/api/tokens/x/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert typed in answers[0].content.decode()
    assert Work.objects.count() == 3
    assert client.get("/en/desk/works/").status_code == 403
    assert client.post("/en/account/logout/").status_code == 302


def test_only_staff_borrow_eyes_and_a_forged_cookie_shows_nobody_more(works, people, client):
    for role in ("member", "scholar"):
        client.force_login(people[role])
        assert client.get("/en/desk/view-as/").status_code == 403
        client.cookies[COOKIE] = "scholar"
        assert seen(client) == {"public", "members"}
        assert "You see this page as" not in client.get("/en/works/public/").content.decode()
    client.logout()
    client.cookies[COOKIE] = "member"
    assert seen(client) == {"public"}
    client.force_login(people["reviewer"])
    client.cookies[COOKIE] = "administrator"
    assert seen(client) == {"public", "members"}


@pytest.mark.parametrize(
    ("look", "sees_drafts", "doors"),
    [
        ("archivist", True, {"works": 200, "people": 403, "editions": 403}),
        ("editor", True, {"works": 403, "people": 403, "editions": 200}),
        ("reviewer", False, {"works": 403, "people": 403, "review": 200}),
    ],
)
def test_administrators_look_as_each_role_that_works_here(works, people, client, look, sees_drafts, doors):
    client.force_login(people["administrator"])
    begun = begin(client, look)

    assert begun.status_code == 302
    assert ("draft" in seen(client)) == sees_drafts
    assert {door: client.get(f"/en/desk/{door}/").status_code for door in doors} == doors
    assert "as far as you see it yourself" in client.get("/en/works/public/").content.decode()
    assert client.post(f"/en/desk/works/{works['public'].public_id}/describe/", {}).status_code == 403


def test_nobody_borrows_the_eyes_of_a_role_that_they_do_not_have(works, people, client):
    client.force_login(people["reviewer"])
    for look in ("archivist", "editor", "administrator"):
        assert begin(client, look).status_code == 422
        client.cookies[COOKIE] = look
        assert seen(client) == {"public", "members"}
        assert client.get("/en/desk/works/").status_code == 403
        del client.cookies[COOKIE]
    page = client.get("/en/desk/view-as/").content.decode()
    assert 'value="reviewer"' in page
    assert 'value="editor"' not in page


def test_it_leads_to_no_other_site(people, client):
    client.force_login(people["archivist"])

    assert begin(client, "member", next="https://example.org/")["Location"] == "/en/"


def test_borrowed_eyes_never_see_more_than_ones_own(db):
    world = make_world()
    models = {model for model, action in declared() if action == VIEW}
    reviewer = viewer_of(User.objects.get(pk=world.people["reviewer"].pk))

    for model in models:
        own = set(permitted(model, reviewer, VIEW).values_list("pk", flat=True))
        for look in LOOKS:
            assert set(permitted(model, looking_as(look, reviewer), VIEW).values_list("pk", flat=True)) <= own
    for work in permitted(Work, looking_as("anonymous", reviewer), VIEW):
        assert permitted(Work, ANYBODY, VIEW).filter(pk=work.pk).exists()
