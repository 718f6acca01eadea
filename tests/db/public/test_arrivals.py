"""A text's page tells which other editions refer to it: the public ones, and only what was released."""

from __future__ import annotations

import pytest

from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.enums import Relation
from annotations.values import ReferenceInput
from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access
from archive.models import Text
from archive.views import shared
from tests.factories_editions import add_wording, make_desk, make_work, plan
from tests.factories_notes import make_accepted, place_of

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"
HEADING = "Referred to from other editions"


@pytest.fixture
def desk(people):
    desk = make_desk(people)
    desk.release()
    return desk


def other_edition(desk, slug: str = "ledger", *, target: str = "الدفتر القديم", published: bool = True):
    """Return the release of another edition whose only note cites words of the desk's text."""
    work = make_work(slug, title_en=f"The {slug}")
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_wording(text, [("paragraph", "سجلّ الأثمان في تلك السنين.", None, {})])
    people = desk.people
    make_accepted(
        text, "سجلّ الأثمان", author=people["scholar"], reviewer=people["reviewer"],
        references=(ReferenceInput(Relation.CITES, place_of(desk.text, target)),),
    )  # fmt: skip
    edition = compose_edition(text=text.public_id, plan=plan(slug=f"{slug}-edition"), by=people["editor"])
    release = seal(edition=edition.public_id, version=edition.version, by=people["editor"])
    if published:
        publish(release=release.public_id, by=None)
    return release


def read(client, address: str = PAGE) -> str:
    bump_epoch()
    shared.forget()
    return client.get(address).content.decode()


def test_reader_finds_the_other_end_of_a_reference_from_another_edition(desk, client):
    release = other_edition(desk)
    note = release.notes.get().annotation

    html = read(client)

    assert HEADING in html
    assert f"/en/editions/ledger-edition/1/?note={note.public_id}#note-{note.public_id}" in html
    assert "«سجلّ الأثمان»" in html
    assert "«الدفتر القديم»" in html
    assert HEADING in read(client, f"{PAGE}index/")


def test_what_is_sealed_only_or_hidden_or_withdrawn_is_not_told(desk, client):
    release = other_edition(desk, published=False)
    assert HEADING not in read(client)

    publish(release=release.public_id, by=None)
    assert HEADING in read(client)

    work = release.edition.work
    work.access = Access.DRAFT
    work.save()
    assert HEADING not in read(client)


def test_an_edition_s_own_references_are_not_from_elsewhere(desk, client):
    assert HEADING not in read(client)


def test_number_of_queries_does_not_grow_with_the_editions(desk, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    other_edition(desk, "first")
    read(client)
    with CaptureQueriesContext(connection) as one:
        read(client)
    for slug in ("second", "third", "fourth"):
        other_edition(desk, slug)

    with django_assert_num_queries(len(one)):
        html = read(client)

    assert html.count("?note=") > 4
