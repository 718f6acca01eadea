"""A sealed release is a fact: nothing that happens later reaches it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.urls import reverse

from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.compare import compare
from annotations.editions.reading import read_snapshot
from annotations.enums import TermStatus
from annotations.errors import PreflightFailed
from annotations.models import Anchor, Release, ReleaseNote, Term
from archive.actions.redact import redact
from archive.enums import Access, ImageState
from archive.errors import InvalidTransition, NotAllowed, Stale, VersionMissing
from archive.models import AuditEvent, Derivative, Image
from archive.views.shared import forget
from tests.factories_editions import MILL, Desk, add_wording, make_desk, stored
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def carry(desk: Desk, revision) -> None:
    """Put every note on the same words of the new wording."""
    for note in desk.notes.values():
        locus = note.newest_version.locus
        exact = locus.anchors.first().exact
        start = revision.content.index(exact)
        Anchor.objects.create(
            locus=locus, revision=revision, start=start, end=start + len(exact), exact=exact, status="moved"
        )


def page(client, number: int = 1) -> str:
    response = client.get(f"/en/editions/mill-edition/{number}/")
    assert response.status_code == 200
    return response.content.decode()


def test_seal_is_refused_while_something_stops_it(desk):
    desk.edition.license_uri = ""
    desk.edition.save()

    with pytest.raises(PreflightFailed) as refused:
        desk.seal()

    assert [p["code"] for p in refused.value.params["problems"]] == ["license_missing"]
    assert not Release.objects.exists()


def test_seal_names_the_version_that_was_read(desk):
    with pytest.raises(Stale):
        seal(edition=desk.edition.public_id, version=99, by=desk.people["editor"])
    with pytest.raises(VersionMissing):
        seal(edition=desk.edition.public_id, version=None, by=desk.people["editor"])


def test_scholar_neither_seals_nor_publishes(desk):
    with pytest.raises(Exception, match=r"not_allowed|not_visible"):
        seal(edition=desk.edition.public_id, version=1, by=desk.people["scholar"])
    release = desk.seal()
    with pytest.raises(Exception, match=r"not_allowed|not_visible"):
        publish(release=release.public_id, by=desk.people["scholar"])


def test_release_is_refused_changes_by_the_database_itself(desk):
    release = desk.seal()

    with pytest.raises(DatabaseError, match="insert-only"):
        Release.objects.filter(pk=release.pk).update(snapshot="{}")


def test_second_release_names_the_first_and_leaves_it_alone(desk):
    first = desk.release()
    before = first.snapshot
    carry(desk, add_wording(desk.text, [*MILL, ("paragraph", "وبُني إلى جانبها مخزن.", None, {})]))

    second = desk.release()

    assert second.number == 2
    assert second.previous == first
    assert read_snapshot(second).previous == first.manifest_hash
    first.refresh_from_db()
    assert first.snapshot == before


def test_first_release_reads_as_it_did_after_everything_changed(desk, client):
    desk.release()
    before = page(client)
    desk.terms["mill"].label_en = "RENAMED TERM"
    desk.terms["mill"].save()
    desk.work.title_en = desk.image.title_en = "RENAMED WORK"
    desk.work.save()
    desk.image.save()
    desk.edition.title_en = "RENAMED EDITION"
    desk.edition.save()
    add_wording(desk.text, [("paragraph", "نصّ آخر كلّه.", None, {})])
    from archive.views import shared

    shared.forget()

    assert page(client) == before


def test_terms_become_public_with_the_release_that_uses_them(desk):
    release = desk.seal()
    assert set(Term.objects.values_list("status", flat=True)) == {TermStatus.PROPOSED}

    publish(release=release.public_id, by=None)

    assert set(Term.objects.values_list("status", flat=True)) == {TermStatus.ESTABLISHED}


def test_publishing_twice_is_no_step(desk):
    release = desk.release()

    with pytest.raises(InvalidTransition):
        publish(release=release.public_id, by=None)


def test_editor_without_a_second_factor_does_not_publish(desk):
    release = desk.seal()

    with pytest.raises(NotAllowed, match="second_factor_missing"):
        publish(release=release.public_id, by=desk.people["editor"])

    assert not release.events.exists()


def test_demonstration_account_publishes_only_on_a_demonstration(desk, settings):
    desk.people["editor"].is_demo = True
    desk.people["editor"].save()
    release = desk.seal()
    settings.DEMO = False
    with pytest.raises(NotAllowed):
        publish(release=release.public_id, by=desk.people["editor"])

    settings.DEMO = True
    publish(release=release.public_id, by=desk.people["editor"])

    assert release.events.count() == 1


def test_release_whose_work_was_hidden_in_the_meantime_is_not_published(desk):
    release = desk.seal()
    desk.work.access = Access.DRAFT
    desk.work.save()

    with pytest.raises(PreflightFailed, match="members_hidden"):
        publish(release=release.public_id, by=None)


def test_each_step_stands_in_the_audit_chain(desk):
    desk.release()

    acts = list(AuditEvent.objects.filter(target_kind="release").values_list("action", flat=True))
    assert acts == ["release.sealed", "release.published"]


def test_comparison_tells_notes_added_left_out_and_words_changed(desk):
    first = desk.release()
    rows = [
        *MILL[:4],
        ("paragraph", "يمرّ القادم من السوق بالجسر، ثم يهبط إلى الطاحونة بين أشجار الزيتون.", None, {}),
        *MILL[5:],
    ]
    carry(desk, add_wording(desk.text, rows))
    added = make_accepted(
        desk.text, "الزيتون", author=desk.people["scholar"], reviewer=desk.people["reviewer"]
    )
    desk.edition.excluded.add(desk.notes["year"])
    second = desk.release()

    found = compare(read_snapshot(first), read_snapshot(second))

    assert [note.id for note in found.added] == [added.public_id]
    assert [note.id for note in found.removed] == [desk.notes["year"].public_id]
    assert len(found.text) == 1
    assert ("gone", "الحور") in found.text[0].pieces
    assert ("new", "الزيتون") in found.text[0].pieces


def test_pinned_rows_say_what_the_snapshot_says(desk):
    release = desk.release()

    pinned = ReleaseNote.objects.filter(release=release).values_list("number", "annotation__public_id")
    assert dict(pinned) == {note.number: note.id for note in read_snapshot(release).notes}


def test_a_release_shows_no_pixels_that_were_covered_since(desk, client):
    desk.release()
    file = desk.edition.releases.get().files.order_by("name").last()
    address = reverse("release_file", args=["mill-edition", 1, file.name])
    archivist, image = desk.people["archivist"], desk.image
    assert client.get(address).status_code == 200
    assert "covered after" not in page(client)

    part = {"x": 10, "y": 10, "width": 100, "height": 100}
    redact(image_id=image.pk, version=image.version, areas=[part], reason="حماية", by=archivist)
    forget()
    covered = [client.get(address).status_code, page(client)]
    client.force_login(archivist)
    to_keepers = client.get(address).status_code
    client.logout()
    redact(image_id=image.pk, version=None, areas=[], reason="وافقت", by=archivist)
    forget()

    assert covered[0] == to_keepers == 404
    assert file.name not in covered[1]
    assert "Parts of this picture were covered after this release was sealed" in covered[1]
    assert f'<a class="figure__gap" href="/en/images/{image.public_id}/"' in covered[1]
    assert client.get(address).status_code == 200


def test_the_next_release_holds_the_covered_copies(desk, client):
    desk.release()
    image, part = desk.image, {"x": 10, "y": 10, "width": 100, "height": 100}
    redact(image_id=image.pk, version=None, areas=[part], reason="حماية", by=desk.people["archivist"])
    with pytest.raises(PreflightFailed):
        desk.seal()
    Derivative.objects.create(
        image=image, pixels=1, name="small", media_type="image/webp", width=480, height=360,
        stored_file=stored(b"covered", "image/webp"),
    )  # fmt: skip
    Image.objects.filter(pk=image.pk).update(state=ImageState.READY)

    release = desk.release()

    assert [file.stored_file.sha256 for file in release.files.all()] == [stored(b"covered", "").sha256]
    forget()
    answer = client.get(reverse("release_file", args=["mill-edition", 2, release.files.get().name]))
    assert b"".join(answer.streaming_content) == b"covered"
