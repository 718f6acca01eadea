"""What each role sees of released notes is asked in queries that SQLite's parser, which takes only so many levels, takes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories_editions import make_desk, place_notes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["reviewer", "editor", "administrator", "archivist", "scholar", "member"])
def test_pages_that_ask_for_notes_through_what_was_handed_in_are_answered(client, people, who):
    desk = make_desk(people)
    place_notes(desk)
    desk.release()
    client.force_login(people[who])

    pages = [reverse(name) for name in ("review_queue", "my_notes", "desk_editions", "home")]
    pages += [f"/api/{name}/" for name in ("submissions", "decisions", "annotations")]
    pages += [reverse("note_page", args=[note.public_id]) for note in desk.notes.values()]

    assert [page for page in pages if client.get(page).status_code >= 500] == []
