"""Short ways to an edition with something of everything, for a test."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import Any

from PIL import Image as Pillow

from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.given import EditionInput
from annotations.enums import NameForm, Relation, TermStatus
from annotations.models import Anchor, Annotation, Edition, Release, Term, TermName
from annotations.values import NoteTarget, ReferenceInput, RegionPlace, TimePlace
from archive.actions.receive_file import store_bytes
from archive.enums import Access, ImageState
from archive.models import (
    Derivative,
    Figure,
    FileArrival,
    Image,
    ImageTiles,
    StoredFile,
    Text,
    TextRevision,
    User,
    Video,
    Work,
)
from archive.text.folding import fold_key
from tests.factories_notes import make_accepted, make_placed, place_of

RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"

#: (kind, words, level, attributes)
MILL = (
    ("heading", "حكاية الطاحونة", 1, {}),
    ("paragraph", "على ضفّة النهر طاحونةٌ قديمة بناها الحجّارون في سنة 1890.", None, {}),
    ("figure", "رسم الطاحونة من جهة الماء", None, {"figure": "f1"}),
    ("heading", "الطريق إليها", 2, {}),
    ("paragraph", "يمرّ القادم من السوق بالجسر، ثم يهبط إلى الطاحونة بين أشجار الحور.", None, {}),
    ("figure", "صورة الجسر قبل الفيضان", None, {"figure": "f2"}),
    ("video", "فيلم عن دوران الرحى", None,
     {"provider": "youtube", "video_id": "abcdefghijk", "url": "https://www.youtube.com/watch?v=abcdefghijk"}),
    ("paragraph", "وفي الدفتر القديم ذكرٌ لها.", None, {}),
)  # fmt: skip


def structured(rows: Any = MILL) -> tuple[str, list[dict[str, Any]]]:
    """Return content and blocks of rows (kind, words, level, attributes)."""
    blocks, parts, start = [], [], 0
    for index, (kind, words, level, attrs) in enumerate(rows, start=1):
        end = start + len(words)
        blocks.append(
            {
                "kind": kind,
                "start": start,
                "end": end,
                "path": str(index),
                "level": level,
                "attrs": dict(attrs),
            }
        )
        parts.append(words)
        start = end + 1
    return "\n".join(parts), blocks


def add_wording(text: Text, rows: Any = MILL, marks: Any = ()) -> TextRevision:
    """Make these rows the current wording of the text, without the import and its jobs."""
    content, blocks = structured(rows)
    before = text.current_revision
    revision = TextRevision.objects.create(
        text=text, number=(before.number if before else 0) + 1, language=text.language,
        direction=text.direction, content=content, length=len(content), blocks=blocks, marks=list(marks),
        sha256=hashlib.sha256(content.encode()).hexdigest(), parent=before,
    )  # fmt: skip
    text.current_revision = revision
    text.save()
    return revision


def make_work(slug: str = "mill", *, access: str = Access.PUBLIC, **fields: Any) -> Work:
    """Return a work described in both languages."""
    values = {
        "title_ar": "حكاية الطاحونة", "title_en": "The Tale of the Mill", "rights_uri": RIGHTS,
        "description_ar": "حكايةٌ قصيرة.", "description_en": "A short tale.",
    }  # fmt: skip
    return Work.objects.create(slug=slug, access=access, **{**values, **fields})


def make_image(*, by: User, access: str = Access.PUBLIC, **fields: Any) -> Image:
    """Return an image whose public copies are ready (their bytes are words, which no test decodes)."""
    values = {
        "title_ar": "رسم الطاحونة", "title_en": "Drawing of the mill", "alternative_ar": "طاحونة على نهر",
        "alternative_en": "A mill by a river", "rights_uri": RIGHTS, "state": ImageState.READY,
        "width": 1200, "height": 900,
    }  # fmt: skip
    original = stored(b"original " + str(fields).encode(), "image/png")
    arrival = FileArrival.objects.create(stored_file=original, filename="mill.png", sent_by=by)
    image = Image.objects.create(arrival=arrival, access=access, **{**values, **fields})
    for name, width in (("small", 480), ("medium", 960)):
        Derivative.objects.create(
            image=image, name=name, media_type="image/webp", width=width, height=width * 3 // 4,
            stored_file=stored(f"{image.public_id} {name}".encode(), "image/webp"),
        )  # fmt: skip
    ImageTiles.objects.create(image=image, width=480, height=360, stored_file=_one_tile())
    return image


def _one_tile() -> StoredFile:
    """Return a pyramid of one gray tile."""
    tile, pack = io.BytesIO(), io.BytesIO()
    Pillow.new("RGB", (480, 360), "gray").save(tile, "JPEG")
    with zipfile.ZipFile(pack, "w") as writing:
        writing.writestr(zipfile.ZipInfo("1/0-0.jpg"), tile.getvalue())
    return stored(pack.getvalue(), "application/zip")


def stored(data: bytes, media_type: str) -> StoredFile:
    """Return these bytes, kept."""
    sha256, size, _head = store_bytes([data], max_bytes=10_000)
    row, _new = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type}
    )
    return row


def make_term(slug: str, ar: str, en: str = "", *, kind: str = "place", status: str = TermStatus.PROPOSED, **fields: Any) -> Term:  # fmt: skip
    """Return a term with its names."""
    term = Term.objects.create(slug=slug, kind=kind, label_ar=ar, label_en=en, status=status, **fields)
    for language, name in (("ar", ar), ("en", en)):
        if name:
            TermName.objects.create(
                term=term, language=language, name=name, folded=fold_key(name), is_label=True,
                form=NameForm.PREFERRED,
            )  # fmt: skip
    return term


class Sealable:
    """Something with an edition and an editor; to be made a dataclass with these."""

    edition: Edition
    people: dict[str, User]

    def seal(self) -> Release:
        """Seal the plan as it stands."""
        self.edition.refresh_from_db()
        return seal(edition=self.edition.public_id, version=self.edition.version, by=self.people["editor"])

    def release(self) -> Release:
        """Seal and publish; the site's operator publishes, so that no second factor is asked."""
        release = self.seal()
        publish(release=release.public_id, by=None)
        return release


@dataclass
class Desk(Sealable):
    """An edition and what it is made of."""

    edition: Edition
    work: Work
    text: Text
    image: Image
    video: Video
    notes: dict[str, Annotation]
    terms: dict[str, Term]
    people: dict[str, User]


def plan(**fields: Any) -> EditionInput:
    """Return the plan of a whole edition."""
    values: dict[str, Any] = {
        "slug": "mill-edition", "title": {"ar": "الطاحونة: طبعة محشّاة", "en": "The Mill, annotated"},
        "introduction": {"ar": "تمهيدٌ للقارئ.", "en": "For the *reader*."}, "license_uri": LICENSE,
        "credits": [{"name": "هند", "name_en": "Hind", "role": "annotator"}],
    }  # fmt: skip
    return EditionInput(**{**values, **fields})


def place_notes(desk: Desk) -> None:
    """Add accepted notes on a part of the picture ("region") and on seconds of the film ("seconds")."""
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    pointing = ReferenceInput(Relation.DEPICTS, NoteTarget(desk.notes["year"].public_id))
    desk.notes["region"] = make_placed(
        RegionPlace(desk.image.public_id, "rect", [(100, 200), (400, 500)]), body="العجلة في الرسم.",
        category="place", tags=(desk.terms["mill"].public_id,), references=(pointing,), **by,
    )  # fmt: skip
    desk.notes["seconds"] = make_placed(
        TimePlace(desk.video.public_id, 65, 80.5), body="The stone *turns*.", language="en",
        tags=(desk.terms["masons"].public_id,), **by,
    )  # fmt: skip


def make_desk(people: dict[str, User], *, notes: bool = True) -> Desk:
    """Return an edition that is ready to be sealed."""
    work = make_work()
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    link = {"kind": "link", "start": 0, "end": 5, "attrs": {"href": "https://example.org/"}}
    add_wording(text, marks=[link])
    image = make_image(by=people["archivist"])
    Figure.objects.create(text=text, key="f1", image=image)
    Figure.objects.create(text=text, key="f2", image=None)
    video = Video.objects.create(
        provider="youtube", external_id="abcdefghijk", url="https://www.youtube.com/watch?v=abcdefghijk",
        access=Access.PUBLIC, title_ar="دوران الرحى", title_en="The millstone turns",
    )  # fmt: skip
    terms = {
        "mill": make_term("mill", "الطاحونة", "The mill", latitude=36.2, longitude=37.16),
        "masons": make_term("masons", "الحجّارون", "The masons", kind="group"),
    }
    edition = compose_edition(text=text.public_id, plan=plan(), by=people["editor"])
    desk = Desk(edition, work, text, image, video, {}, terms, people)
    if notes:
        _write_notes(desk)
    return desk


def move_notes(desk: Desk, revision: Any) -> None:
    """Carry the notes of the desk over to another wording, which has all of their words."""
    for note in desk.notes.values():
        locus = note.newest_version.locus
        before = locus.anchors.first()
        if before is not None:
            start = revision.content.index(before.exact)
            Anchor.objects.create(
                locus=locus, revision=revision, status="moved", start=start, end=start + len(before.exact),
                exact=before.exact,
            )  # fmt: skip


def _write_notes(desk: Desk) -> None:
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    text = desk.text
    desk.notes["masons"] = make_accepted(
        text, "الحجّارون", body="جاؤوا من **الجبل**.", category="group",
        tags=(desk.terms["masons"].public_id,), **by,
    )  # fmt: skip
    desk.notes["bridge"] = make_accepted(
        text, "بالجسر، ثم يهبط", body="Now gone.", language="en",
        tags=(desk.terms["mill"].public_id,),
        references=(ReferenceInput(Relation.CONTINUES, place_of(text, "الدفتر القديم")),), **by,
    )  # fmt: skip
    desk.notes["year"] = make_accepted(text, "سنة 1890", body="وقيل 1891.", category="dispute", **by)
