"""A small archive with something of everything, to be taken out and brought in again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

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
