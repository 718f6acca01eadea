"""An editor with two windows, and plans that were begun by mistake: no step ends in a dead end, none can be taken twice."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.access.notes import shown_to
from annotations.actions.compose_edition import compose_edition
from annotations.actions.put_away_edition import put_away_edition
from annotations.models import Edition, Release
from archive.errors import Conflict, NotAllowed, NotVisible, Stale
from archive.models import AuditEvent, Text
from tests.factories_editions import plan

pytestmark = pytest.mark.django_db


def told(page) -> str:
    return " ".join(str(one) for one in page.context["messages"])


def page_of(editor, edition: Edition, language: str = "en") -> str:
    return editor.get(f"/{language}/desk/editions/{edition.public_id}/").content.decode()


def hidden(html: str, action: str) -> dict[str, str]:
    """Return what the form of a page that was read before sends."""
    form = re.search(rf'<form[^>]+action="[^"]+/{action}/".*?</form>', html, re.DOTALL).group(0)
    return dict(re.findall(r'name="(version|number)" value="([^"]+)"', form))


def step(edition: Edition, action: str, language: str = "en") -> str:
    return f"/{language}/desk/editions/{edition.public_id}/{action}/"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "release 1 was sealed meanwhile"), ("ar", "خُتم الإصدار 1 في هذه الأثناء")],
)
def test_sealing_from_a_window_of_before_leads_to_what_was_sealed_there(editor, desk, language, words):
    sent = hidden(page_of(editor, desk.edition), "seal")
    release = desk.seal()

    page = editor.post(step(desk.edition, "seal", language), sent, follow=True)

    assert page.status_code == 200
    assert words in told(page)
    assert f'href="/{language}/desk/editions/releases/{release.public_id}/"' in told(page)
    assert Release.objects.count() == 1


def test_sealing_a_plan_that_was_changed_meanwhile_leads_back_to_it(editor, desk):
    desk.release()
    desk.edition.refresh_from_db()
    sent = hidden(page_of(editor, desk.edition), "seal")
    Edition.objects.filter(pk=desk.edition.pk).update(version=desk.edition.version + 1)

    page = editor.post(step(desk.edition, "seal"), sent, follow=True)

    assert "the plan was changed meanwhile" in told(page)
    assert Release.objects.count() == 1


def test_the_address_that_is_only_read_stays_in_its_field_when_changes_are_listed(editor, desk):
    desk.release()
    desk.edition.refresh_from_db()

    page = editor.post(
        step(desk.edition, "plan"), {"version": desk.edition.version, "list_changes": "1", "title_en": "T"}
    )

    html = page.content.decode()
    assert re.search(rf'name="slug" value="{desk.edition.slug}"', html)
    assert not list(page.context["messages"])
    assert (
        html.index('id="changes"')
        < html.index("Nothing that is read differs")
        < html.index("id_change_note_ar")
    )
    assert '#changes"' in html


def test_a_plan_of_which_nothing_was_sealed_is_put_away_and_its_address_is_free(editor, desk, people):
    slug, notes = desk.edition.slug, shown_to(people["editor"]).count()
    sent = hidden(page_of(editor, desk.edition), "put-away")

    page = editor.post(step(desk.edition, "put-away"), sent, follow=True)

    assert page.redirect_chain[-1][0] == reverse("desk_editions")
    assert "was put away" in told(page)
    assert not Edition.objects.exists()
    assert Text.objects.filter(pk=desk.text.pk).exists()
    assert shown_to(people["editor"]).count() == notes
    assert AuditEvent.objects.filter(action="edition.put_away").count() == 1
    again = compose_edition(text=desk.text.public_id, plan=plan(slug=slug), by=people["editor"])
    assert again.slug == slug


def test_the_form_that_began_it_can_begin_it_again(desk, people):
    given = {"text": desk.text.public_id, "plan": plan(slug="anew"), "key": "k" * 20, "by": people["editor"]}
    first = compose_edition(**given)
    put_away_edition(edition=first.public_id, version=first.version, by=people["editor"])

    again = compose_edition(**given)

    assert again.public_id != first.public_id


@pytest.mark.parametrize("stands", ["sealed", "published", "withdrawn"])
def test_an_edition_of_which_something_was_sealed_stays(editor, desk, people, stands):
    if stands == "published":
        desk.release()
    else:
        release = desk.seal()
    if stands == "withdrawn":
        from annotations.actions.withdraw_release import withdraw_release

        withdraw_release(release=release.public_id, reason="خطأ", by=people["editor"])
    desk.edition.refresh_from_db()

    with pytest.raises(Conflict, match="edition_released"):
        put_away_edition(edition=desk.edition.public_id, version=desk.edition.version, by=people["editor"])

    assert "/put-away/" not in page_of(editor, desk.edition)
    assert Edition.objects.filter(pk=desk.edition.pk).exists()


def test_a_plan_that_was_sealed_or_changed_meanwhile_is_not_put_away(editor, desk):
    sent = hidden(page_of(editor, desk.edition), "put-away")
    desk.seal()

    page = editor.post(step(desk.edition, "put-away"), sent, follow=True)

    assert "was not put away" in told(page)
    assert Edition.objects.exists()


@pytest.mark.parametrize("role", ["member", "archivist", "scholar", "reviewer"])
def test_only_editors_put_plans_away(desk, people, role):
    with pytest.raises((NotAllowed, NotVisible)):
        put_away_edition(edition=desk.edition.public_id, version=desk.edition.version, by=people[role])

    assert Edition.objects.exists()


def test_put_away_asks_for_the_version_that_was_read(desk, people):
    with pytest.raises(Stale):
        put_away_edition(
            edition=desk.edition.public_id, version=desk.edition.version + 1, by=people["editor"]
        )


@pytest.mark.parametrize("before", ["/en", "/ar", "/en/embed", "/en/cite", ""])
def test_a_number_with_zeros_leads_to_the_one_without(client, desk, before):
    release = desk.release()
    rest = f"editions/{desk.edition.slug}"

    answer = client.get(f"{before}/{rest}/0{release.number}/?note=x%2F01/")

    assert answer.status_code == 301
    assert answer.url == f"{before}/{rest}/1/?note=x%2F01/"


@pytest.mark.parametrize(
    ("asked", "told_address"),
    [
        ("editions/007/02/notes/", "editions/007/2/notes/"),
        ("editions/x/2/compare/01/", "editions/x/2/compare/1/"),
        ("editions/x/002/compare/001/", "editions/x/2/compare/1/"),
        ("editions/nothing/00/", "editions/nothing/0/"),
    ],
)
def test_only_numbers_lose_their_zeros_whether_or_not_anything_is_there(client, asked, told_address):
    answer = client.get(f"/en/{asked}")

    assert (answer.status_code, answer.url) == (301, f"/en/{told_address}")
