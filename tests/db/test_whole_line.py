"""The whole line in one story: a file arrives, is read, accepted, annotated, reviewed, released, and corrected."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.test import Client

from annotations.actions.change_edition import change_edition
from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.reattach import reattach
from annotations.actions.seal import seal
from annotations.actions.submit import submit
from annotations.actions.write_annotation import write_annotation
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight, stops
from annotations.enums import AnchorStatus, Outcome, Relation
from annotations.errors import PreflightFailed
from annotations.models import Anchor, Annotation, Edition
from annotations.values import NoteInput, ReferenceInput, TextPlace
from archive.actions.accept_draft import accept_draft
from archive.actions.add_image import add_image
from archive.actions.check_chain import check_chain
from archive.actions.decide_problem import decide_all, decide_problem
from archive.actions.describe_image import describe_image
from archive.actions.describe_video import describe_video
from archive.actions.describe_work import describe_work
from archive.actions.edit_draft import edit_draft
from archive.actions.fill_figure import fill_figure
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.enums import Access, ImageState, JobState
from archive.errors import NotAllowed
from archive.media import paths
from archive.models import Figure, Job, Text, TextDraft, TextRevision, Video
from tests.corpus import article_bytes
from tests.factories_archive import make_run, png, send
from tests.factories_editions import LICENSE, make_term, plan
from tests.factories_notes import decide_note

pytestmark = pytest.mark.django_db


def work_off() -> None:
    """Do what a worker would: every job that waits, and those that they promise."""
    while done := [
        run_job(pk) for pk in Job.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True)
    ]:
        assert JobState.FAILED not in done
        if not any(done):
            return


def passage(text: Text, block: int, start: int, end: int) -> TextPlace:
    """Return a place inside a block of the current wording."""
    revision = text.current_revision
    assert revision is not None
    first = revision.blocks[block]["start"]
    exact = revision.content[first + start : first + end]
    return TextPlace(text.public_id, revision.number, first + start, first + end, exact)


def long_blocks(revision: TextRevision) -> list[int]:
    """Return the indexes of the paragraphs that are long enough for a note."""
    return [
        index for index, block in enumerate(revision.blocks)
        if block["kind"] == "paragraph" and block["end"] - block["start"] > 160
    ]  # fmt: skip


def pages(edition: Edition, number: int) -> dict[str, bytes]:
    """Return what anybody gets of a release."""
    client, found = Client(), {}
    for path in ("", "?marked=1", "spans.json", "annotations.json", "index/"):
        for language in ("ar", "en"):
            found[f"{language}/{path}"] = client.get(f"/{language}/editions/{edition.slug}/{number}/{path}")
    for form in ("jsonld", "json", "csv", "text"):
        found[form] = client.get(f"/editions/{edition.slug}/{number}/download/{form}")
    assert {answer.status_code for answer in found.values()} == {200}
    return {name: answer.getvalue() for name, answer in found.items()}


def test_article_goes_the_whole_line_to_a_release_and_through_a_correction(people: dict[str, Any]) -> None:
    archivist, scholar = people["archivist"], people["scholar"]
    reviewer, editor = people["reviewer"], people["editor"]

    # The file arrives, byte for byte, and a worker reads it into a draft with its report.
    run = make_run(article_bytes(), filename="aleppo-article.md", by=archivist)
    kept = paths.of_sha256(run.arrival.stored_file.sha256)
    assert kept.read_bytes() == article_bytes()
    work_off()
    run.refresh_from_db()
    draft = run.draft
    assert Counter(draft.problems.values_list("kind", flat=True)) == {
        "missing_figure": 7, "dead_link": 13, "suspected_cut": 9, "heading_level": 1,
        "stray_backslash": 2,
    }  # fmt: skip
    assert [repair["kind"] for repair in draft.repairs] == ["torn_mark"] * 2

    # The archivist joins all cuts but two, leaves the dead links, and accepts revision 1, gaps and all.
    for cut in draft.problems.filter(kind="suspected_cut")[:7]:
        draft = decide_problem(problem_id=cut.pk, outcome="apply", version=draft.version, by=archivist)
    draft = decide_all(
        draft_id=draft.pk, kind="dead_link", outcome="dismiss", version=draft.version, by=archivist
    )
    first = accept_draft(
        draft_id=draft.pk, sha256=draft.sha256, message="كما وردت", by=archivist,
        values={"title_ar": "مقالة طويلة", "title_en": "A long article", "language": "ar"},
    )  # fmt: skip
    text = first.text
    assert (first.number, Figure.objects.filter(text=text, image=None).count()) == (1, 7)

    # A picture fills one gap; the original is kept, and a worker makes fresh copies.
    image = add_image(arrival=send(png(1200, 800), filename="plan.png", by=archivist), by=archivist)
    fill_figure(figure_id=Figure.objects.filter(text=text).earliest("pk").pk, image=image, by=archivist)
    work_off()
    image.refresh_from_db()
    assert image.state == ImageState.READY
    assert image.derivatives.exists()

    # The archivist describes the work and opens it to the public.
    described = {"title_en": "A long article", "description_en": "For trying.", "access": Access.PUBLIC}
    work = describe_work(work_id=text.work_id, version=text.work.version, values=described, by=archivist)

    # The scholar writes, tags, joins two passages, and hands all in with a message.
    term = make_term("aleppo", "حلب", "Aleppo")
    blocks = long_blocks(first)
    places = [passage(text, block, 0, 60) for block in (blocks[0], *blocks[-3:])]
    inputs = [
        NoteInput(body="حاشية أولى.", tags=(term.public_id,)),
        NoteInput(body="حاشية على كلمات ستتغيّر.", references=(ReferenceInput(Relation.CONTRADICTS, places[0]),)),
        NoteInput(body="حاشية على فقرة ستُحذف."),
        NoteInput(body="حاشية على كلمة ستُضبط."),
    ]  # fmt: skip
    notes = [
        write_annotation(place=place, note=note, by=scholar).annotation
        for place, note in zip(places, inputs, strict=True)
    ]
    extra = [
        write_annotation(
            place=passage(text, blocks[1], 0, 40), note=NoteInput(body=body), by=scholar
        ).annotation
        for body in ("تُعاد", "تُردّ")
    ]
    submit(version_ids=[n.newest_version.public_id for n in (*notes, *extra)], message="ستّ حواشٍ", by=scholar)

    # Nobody decides their own; the reviewer accepts four, returns one with a reason, declines one.
    with pytest.raises(NotAllowed):
        decide_note(notes[0], Outcome.ACCEPT, by=scholar)
    for note in notes:
        decide_note(note, Outcome.ACCEPT, by=reviewer)
    decide_note(extra[0], Outcome.RETURN, by=reviewer, reason="أين المصدر؟")
    decide_note(extra[1], Outcome.DECLINE, by=reviewer, reason="لا تزيد على المتن.")

    # The editor's plan is stopped by what readers could not see; the archivist opens it.
    edition = compose_edition(text=text.public_id, plan=plan(slug="long-article", license_uri=""), by=editor)
    found = {finding.code for finding in stops(preflight(gather(edition)))}
    assert found >= {"license_missing", "rights_missing", "member_hidden", "alternative_missing"}
    with pytest.raises(PreflightFailed):
        seal(edition=edition.public_id, version=edition.version, by=editor)
    edition = change_edition(
        edition=edition.public_id, version=edition.version, plan=plan(slug="long-article"), by=editor
    )
    opened = {"rights_uri": LICENSE, "access": Access.PUBLIC}
    describe_work(work_id=work.pk, version=work.version, values=opened, by=archivist)
    describe_image(
        image_id=image.pk, version=image.version, by=archivist,
        values={**opened, "alternative_ar": "رسم", "alternative_en": "A plan"},
    )  # fmt: skip
    for video in Video.objects.all():
        describe_video(
            video_id=video.pk, version=video.version, values={"access": Access.PUBLIC}, by=archivist
        )
    assert stops(preflight(gather(edition))) == ()

    # A password is not enough to publish; with a second factor release 1 is public, holding what was accepted.
    release = seal(edition=edition.public_id, version=edition.version, by=editor)
    with pytest.raises(NotAllowed, match="second_factor_missing"):
        publish(release=release.public_id, by=editor)
    TOTP.activate(editor, generate_totp_secret())
    publish(release=release.public_id, by=editor)
    work_off()
    assert release.notes.count() == 4
    published = pages(edition, 1)
    assert b"\xd8\xaa\xd9\x8f\xd8\xb9\xd8\xa7\xd8\xaf" not in published["ar/"]  # «تُعاد» was returned.
    for note in notes:
        assert note.public_id.encode() in published["jsonld"]

    # A word is spelled out, another passage rewritten, a paragraph taken out, the two last cuts joined: revision 2.
    correction = start_correction(text_id=text.pk, by=archivist)
    assert correction.problems.filter(kind="suspected_cut").count() == 2
    correction = _rewrite(
        correction, places[3], lambda words: words.replace(words[0], words[0] + "\u064e", 1)
    )
    correction = _delete(correction, places[2])
    correction = _rewrite(correction, places[1], _others)
    for cut in correction.problems.filter(kind="suspected_cut"):
        correction = decide_problem(
            problem_id=cut.pk, outcome="apply", version=correction.version, by=archivist
        )
    second = accept_draft(draft_id=correction.pk, sha256=correction.sha256, message="تصحيح", by=archivist)
    work_off()
    text.refresh_from_db()
    assert text.current_revision == second

    # Every note was carried over: kept, moved, uncertain with its score, or lost; the text agrees with each anchor.
    anchors = {note.pk: _anchor(note, second) for note in (*notes, *extra)}
    assert [anchors[note.pk].status for note in notes] == [
        AnchorStatus.EXACT, AnchorStatus.UNCERTAIN, AnchorStatus.LOST, AnchorStatus.MOVED,
    ]  # fmt: skip
    assert 0 < anchors[notes[1].pk].score < 1
    assert anchors[notes[2].pk].start is None
    call_command("check_anchors")

    # The uncertain one is put where it belongs; the next release waits until the lost one is dealt with.
    doubtful = anchors[notes[1].pk]
    here = TextPlace(
        text.public_id, 2, doubtful.start, doubtful.end, second.content[doubtful.start : doubtful.end]
    )
    reattach(annotation=notes[1].public_id, place=here, seen=doubtful.attempt, by=scholar)
    edition.refresh_from_db()
    assert [finding.code for finding in stops(preflight(gather(edition)))] == ["anchor_lost"]

    # Release 1 reads as it did, and the chain of all these acts is whole.
    assert pages(edition, 1) == published
    assert list(check_chain()) == []


def _anchor(note: Annotation, revision: TextRevision) -> Anchor:
    note.refresh_from_db()
    return Anchor.objects.filter(locus=note.newest_version.locus, revision=revision).latest("attempt")


def _block_of(draft: TextDraft, place: TextPlace) -> int:
    """Return the block of a draft that holds these words."""
    return next(
        index for index, block in enumerate(draft.blocks)
        if place.exact in draft.content[block["start"] : block["end"]]
    )  # fmt: skip


def _rewrite(draft: TextDraft, place: TextPlace, other: Any) -> TextDraft:
    index = _block_of(draft, place)
    block = draft.blocks[index]
    words = draft.content[block["start"] : block["end"]].replace(place.exact, other(place.exact))
    return edit_draft(
        draft_id=draft.pk,
        version=draft.version,
        operation="edit",
        block=index,
        text=words,
        by=draft.created_by,
    )


def _delete(draft: TextDraft, place: TextPlace) -> TextDraft:
    return edit_draft(
        draft_id=draft.pk, version=draft.version, operation="delete", block=_block_of(draft, place),
        by=draft.created_by,
    )  # fmt: skip


def _others(words: str) -> str:
    """Return the passage with all but its first and last words changed."""
    first, *between, last = words.split(" ")
    return " ".join([first, *("آخر" for _ in between), last])
