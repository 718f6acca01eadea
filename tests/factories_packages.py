"""A small archive with something of everything, to be taken out and brought in again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from annotations.actions.propose_term import propose_term
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Category, Outcome, Relation, TermKind, Visibility
from annotations.models import Annotation
from annotations.values import (
    Citation,
    Name,
    NoteInput,
    NoteTarget,
    ReferenceInput,
    RegionPlace,
    TermInput,
    TimePlace,
)
from archive.actions.accept_draft import accept_draft
from archive.actions.add_image import add_image
from archive.actions.add_video import add_video
from archive.actions.create_collection import create_collection
from archive.actions.describe_work import describe_work
from archive.actions.edit_draft import edit_draft
from archive.actions.fill_figure import fill_figure
from archive.actions.start_correction import start_correction
from archive.enums import Access
from archive.models import Collection, Figure, Group, Image, Text, User, Video, Work
from tests.factories_archive import make_draft, png, send
from tests.factories_notes import (
    decide_note,
    make_accepted,
    make_note,
    make_text,
    place_of,
    submit_note,
)

TEXT = """# في وصف القنطرة

بُني الجسر من حجرٍ **أبيض**.

![رسم الجسر](missing.png)

![مخطّط الماء](other.png)

## الطريق إليه

يمشي القادم من [السوق](https://example.org/) حتى يبلغ الماء 😀.
"""
PICTURE = png(40, 30)


@dataclass
class Shelf:
    """A collection in another, with a work, its text in two revisions, a picture in one of its figures, a film."""

    outer: Collection
    inner: Collection
    work: Work
    text: Text
    image: Image
    video: Video
    group: Group


def make_shelf(by: User) -> Shelf:
    """Return it; everything is described by `by`, who is an archivist."""
    group = Group.objects.create(name="الجيران")
    outer = create_collection(
        values={"title_ar": "المياه", "title_en": "Water", "access": Access.PUBLIC}, by=by
    )
    inner = create_collection(
        values={"title_en": "=Bridges", "parent": outer, "access": Access.MEMBERS, "order": 3}, by=by
    )
    picture = send(PICTURE, filename="../رسم=1.PNG", by=by)
    shown = {"title_ar": "رسم", "alternative_en": "A bridge", "collection": inner, "access": Access.PUBLIC}
    image = add_image(arrival=picture, values=shown, by=by)
    video = add_video(
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ", by=by,
        values={"title_en": "Film", "duration": 12.5, "collection": outer},
    )  # fmt: skip
    draft = make_draft(TEXT, by=by)
    values = {"title_ar": "القنطرة", "language": "ar", "collection": inner}
    text = accept_draft(draft_id=draft.pk, sha256=draft.sha256, values=values, by=by, message="الأولى").text
    describe_work(work_id=text.work_id, version=None, by=by, values={
        "title_en": "The \"Bridge\"\n<b>", "description_ar": "وصف", "creators": [{"name": "نادية", "role": "author"}, {"name": "س", "role": "translator"}],
        "date_edtf": "2016-07~", "rights_uri": "https://creativecommons.org/licenses/by/4.0/", "rights_holder_en": "@House",
        "provenance_ar": "بالبريد", "content_warning_en": "Ruins", "identifiers": [{"scheme": "isbn", "value": "1"}],
        "places": [{"name": "حلب"}], "details": [{"term": "extent", "value": "12 p."}],
        "access": Access.RESTRICTED, "groups": [group], "cover": image,
        "embargo_until": timezone.now() + datetime.timedelta(days=400),
    })  # fmt: skip
    figure = Figure.objects.filter(text=text).order_by("pk")[0]
    fill_figure(figure_id=figure.pk, image=image, by=by)
    correction = start_correction(text_id=text.pk, by=by)
    correction = edit_draft(
        draft_id=correction.pk, version=None, operation="edit", block=1, text="بُني الجسر من حجرٍ أسود.", by=by
    )
    accept_draft(draft_id=correction.pk, sha256=correction.sha256, by=by, message="لون الحجر")
    work = Work.objects.get(pk=text.work_id)
    return Shelf(outer, inner, work, Text.objects.get(pk=text.pk), image, video, group)


def make_notes(shelf: Shelf, people: dict[str, User]) -> dict[str, Annotation]:
    """Return notes on the text, the picture and the film: accepted, in two versions, with tags and references."""
    above, term = (propose_term(term=given, establish=True, by=people["editor"]) for given in (
        TermInput(kind=TermKind.CONCEPT, label_ar="بناء", label_en="Building"),
        TermInput(kind=TermKind.PLACE, label_ar="القنطرة", label_en="The arch", names=(Name("fr", "L'arche"),),
                  authority={"wikidata": "Q1"}, latitude=36.2, longitude=37.1, date_edtf="1235"),
    ))  # fmt: skip
    term.broader = above
    term.save()
    author, reviewer = people["scholar"], people["reviewer"]
    # Open while they are written: members write on what they see.
    Work.objects.filter(pk=shelf.work.pk).update(access=Access.MEMBERS, embargo_until=None)
    Video.objects.filter(pk=shelf.video.pk).update(access=Access.MEMBERS)
    elsewhere = make_text(slug="elsewhere")
    first = make_accepted(
        shelf.text,
        "القادم",
        author=author,
        reviewer=reviewer,
        body="القادم من *السوق*",
        tags=(term.public_id,),
    )
    place = place_of(shelf.text, "يبلغ الماء")
    references = (
        ReferenceInput(Relation.PARALLELS, place, note="قارن", note_language="ar"),
        ReferenceInput(Relation.CITES, NoteTarget(first.public_id)),
        ReferenceInput(Relation.CITES, Citation(url="https://example.org/", title="كتاب", pages="١٢")),
        ReferenceInput(Relation.CONTINUES, place_of(elsewhere, "حجر أبيض")),
    )
    second = make_accepted(
        shelf.text,
        "السوق",
        author=author,
        reviewer=reviewer,
        body="",
        category=Category.DISPUTE,
        references=references,
    )
    region = RegionPlace(shelf.image.public_id, "rect", [(1, 2), (9, 8)])
    shown, filmed = (write_annotation(place=at, note=NoteInput(body=body, language="en"), by=author).annotation for at, body in (
        (region, "The arch"), (TimePlace(shelf.video.public_id, 1.5, 3), "Here it is"),
    ))  # fmt: skip
    for note in (shown, filmed):
        submit_note(note)
        decide_note(note, Outcome.ACCEPT, by=reviewer)
    make_note(shelf.text, "الماء", by=author, body="سر", visibility=Visibility.PRIVATE)
    make_note(shelf.text, "الجسر", by=author, body="مسودة")
    for row in (shelf.work, shelf.video):
        type(row).objects.filter(pk=row.pk).update(access=row.access)
    Work.objects.filter(pk=shelf.work.pk).update(embargo_until=shelf.work.embargo_until)
    Annotation.objects.filter(pk=first.pk).update(
        elsewhere={"canonical": "urn:x:1", "via": ["https://a.example/1"]}
    )
    return {"first": first, "second": second, "shown": shown, "filmed": filmed}
