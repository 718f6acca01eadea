"""A release with something of everything that a book can hold, as a value: no database is asked for it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PIL import Image as Pillow

from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.values import (
    FORMAT_WITH_PLACES,
    Approval,
    FigureFacts,
    FilmFacts,
    MediaPlace,
    Note,
    Person,
    PictureFacts,
    PictureFile,
    Place,
    Reference,
    Snapshot,
    TermFacts,
    TextFacts,
    WorkFacts,
)
from annotations.exports.given import Given

ADDRESS = "https://hashiya.example/editions/mill-edition/1/"
AUTHOR, WORK, TEXT, IMAGE, FILM = (
    "aaaaaaaaaaaaaaa2",
    "wwwwwwwwwwwwwww2",
    "ttttttttttttttt2",
    "mmmmmmmmmmmmmmm2",
    "vvvvvvvvvvvvvvv2",
)


def _pixels() -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (40, 30), "teal").save(out, "WEBP", lossless=True)
    return out.getvalue()


PIXELS = _pixels()
PIXELS_SHA = hashlib.sha256(PIXELS).hexdigest()

_ROW, _CELL = "row", "cell"


def _in(*containers: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    return {"container": [list(one) for one in containers]}


_TABLE = ("table", "8", {})
ROWS = (
    ("heading", "حكاية الطاحونة", 1, {}),
    ("paragraph", "على ضفّة النهر طاحونةٌ قديمة بناها الحجّارون في سنة 1890 كما قال Mr. Smith <قديماً> & غيره.", None, {}),
    ("figure", "رسم الطاحونة من جهة الماء", None, {"figure": "f1"}),
    ("heading", "الطريق إليها", 2, {}),
    ("list_item", "يمرّ القادم من السوق بالجسر", None, _in(("list", "5", {"ordered": True, "start": 3}), ("item", "5.1", {}))),
    ("list_item", "ثم يهبط إلى الطاحونة", None, _in(("list", "5", {"ordered": True, "start": 3}), ("item", "5.2", {}))),
    ("paragraph", "كلامٌ منقول عن الجدّ.", None, _in(("quote", "6", {}))),
    ("verse", "يا طاحونةَ النهر دوري\nعلى مهلٍ كالسنين", None, {}),
    ("table", "السنة", None, _in(_TABLE, (_ROW, "8.1", {}), (_CELL, "8.1.1", {"header": True}))),
    ("table", "الحدث", None, _in(_TABLE, (_ROW, "8.1", {}), (_CELL, "8.1.2", {"header": True}))),
    ("table", "1890", None, _in(_TABLE, (_ROW, "8.2", {}), (_CELL, "8.2.1", {}))),
    ("table", "=البناء", None, _in(_TABLE, (_ROW, "8.2", {}), (_CELL, "8.2.2", {}))),
    ("code", "if mill:\n    turn()", None, {}),
    ("figure", "صورة الجسر قبل الفيضان", None, {"figure": "f2"}),
    ("video", "فيلم عن دوران الرحى", None,
     {"provider": "youtube", "video_id": "abcdefghijk", "url": "https://www.youtube.com/watch?v=abcdefghijk"}),
    ("paragraph", "وفي الدفتر القديم ذكرٌ لها.", None, {}),
)  # fmt: skip


#: Where each of them stands among its containers.
_PATHS = (
    "1", "2", "3", "4", "5.1.1", "5.2.1", "6.1", "7", "8.1.1.1", "8.1.2.1", "8.2.1.1", "8.2.2.1", "9", "10", "11", "12",
)  # fmt: skip


def _text() -> TextFacts:
    blocks, parts, start = [], [], 0
    for path, (kind, words, level, attrs) in zip(_PATHS, ROWS, strict=True):
        end = start + len(words)
        blocks.append(
            {"kind": kind, "start": start, "end": end, "path": path, "level": level, "attrs": attrs}
        )
        parts.append(words)
        start = end + 1
    content = "\n".join(parts)

    def mark(kind: str, words: str, **attrs: Any) -> dict[str, Any]:
        at = content.index(words)
        return {"kind": kind, "start": at, "end": at + len(words), "attrs": attrs}

    marks = (
        mark("strong", "طاحونةٌ قديمة"), mark("emphasis", "قديمة بناها"), mark("foreign", "Mr. Smith"),
        mark("link", "النهر طاحونةٌ", href="https://example.org/a b?x=1&y=2"), mark("page_break", "كلامٌ", unit="page", n="12"),
        {**mark("line_break", "\nعلى مهلٍ"), "end": content.index("\nعلى مهلٍ") + 1}, mark("superscript", "1890"),
    )  # fmt: skip
    return TextFacts(
        id=TEXT, role="original", language="ar", direction="rtl", revision=1,
        sha256=hashlib.sha256(content.encode()).hexdigest(), length=len(content), title="", content=content,
        blocks=tuple(blocks), marks=tuple(sorted(marks, key=lambda one: (one["start"], -one["end"]))),
    )  # fmt: skip


def _note(number: int, text: TextFacts, words: str, body: str, **fields: Any) -> Note:
    start = text.content.index(words) if words else text.length
    end = start + len(words)
    values: dict[str, Any] = {
        "id": f"nnnnnnnnnnnnnn{number + 21}", "version": f"xxxxxxxxxxxxxx{number + 21}", "version_number": 1,
        "content_hash": hashlib.sha256(body.encode()).hexdigest(), "category": "note", "language": "ar",
        "author": AUTHOR, "approvals": (Approval(AUTHOR, "2026-01-02T03:04:05+00:00"),),
    }  # fmt: skip
    return Note(
        number=number,
        body=body,
        start=start,
        end=end,
        exact=words,
        prefix="",
        suffix="",
        **{**values, **fields},
    )


def _term(ident: str, kind: str, ar: str, en: str, **fields: Any) -> TermFacts:
    values: dict[str, Any] = {
        "latitude": None,
        "longitude": None,
        "date": "",
        "date_start": "",
        "date_end": "",
    }
    return TermFacts(
        id=f"{ident * 15}2", slug=en.lower().replace(" ", "-"), kind=kind, label={"ar": ar, "en": en},
        description={"ar": "", "en": ""}, names=({"language": "ar", "name": f"{ar} الأخرى"},),
        authority={"wikidata": "Q42"}, **{**values, **fields},
    )  # fmt: skip


def make_snapshot(**fields: Any) -> Snapshot:
    """Return the release."""
    text = _text()
    picture = PictureFacts(
        id=IMAGE, title={"ar": "رسم الطاحونة", "en": "Drawing"}, alternative={"ar": "طاحونة على نهر", "en": "A mill"},
        creators=(), date="", rights_uri="https://creativecommons.org/publicdomain/zero/1.0/",
        rights_holder={"ar": "", "en": ""}, content_warning={"ar": "", "en": ""},
        files=(PictureFile(f"{IMAGE}-large.webp", "image/webp", 40, 30, PIXELS_SHA),),
    )  # fmt: skip
    film = FilmFacts(
        id=FILM, provider="youtube", external_id="abcdefghijk", url="https://www.youtube.com/watch?v=abcdefghijk",
        title={"ar": "دوران الرحى", "en": "The stone turns"}, content_warning={"ar": "", "en": ""}, state="ok",
        duration=90, capture=None,
    )  # fmt: skip
    region = MediaPlace(
        kind="region", member=("image", IMAGE), block=2, sha256=PIXELS_SHA, media_type="image/webp",
        region={"shape": "rect", "points": [[4, 5], [20, 25]]}, page=1, width=40, height=30,
    )  # fmt: skip
    seconds = MediaPlace(
        kind="time", member=("video", FILM), block=14, sha256="", media_type="", start_time=65, end_time=80.5
    )
    terms = (
        _term("p", "place", "الطاحونة", "The mill", latitude=36.2, longitude=37.16),
        _term("h", "person", "هند", "Hind"), _term("g", "group", "الحجّارون", "The masons"),
        _term("e", "event", "الفيضان", "The flood"), _term("c", "concept", "الرحى", "The stone"),
    )  # fmt: skip
    far = Place(
        kind="text", member=("work", "wwwwwwwwwwwwwww3"), label={"ar": "كتاب آخر", "en": "Another"}, slug="another",
        text="ttttttttttttttt3", revision=1, start=3, end=9, exact="كلام",
    )  # fmt: skip
    outer = _note(1, text, "طاحونةٌ قديمة بناها الحجّارون", "جاؤوا من **الجبل** [هنا](https://example.org/).\n\n- أوّل\n- ثانٍ\n\n> نقل",
                  tags=(terms[0].id, terms[2].id), category="place")  # fmt: skip
    inner = _note(2, text, "قديمة بناها", "=1+1 Now *gone*.", language="en", tags=tuple(t.id for t in terms))
    year = _note(3, text, "1890", "وقيل 1891.", category="dispute", references=(
        Reference("rrrrrrrrrrrrrrr2", "cites", "في الهامش", None, {"url": "https://example.org/x", "title": "دفتر", "pages": "12"}),
        Reference("rrrrrrrrrrrrrrr3", "parallels", "", far, None),
        Reference("rrrrrrrrrrrrrrr4", "continues", "", Place(
            kind="text", member=("work", WORK), label={"ar": "الطاحونة", "en": ""}, slug="mill", text=TEXT, revision=1,
            start=outer.start, end=outer.end, exact=outer.exact, note=outer.id), None),
    ))  # fmt: skip
    across = _note(4, text, "إليها\nيمرّ القادم", "على حدّ بين عنوانٍ وكلام.")
    last = _note(7, text, "ذكرٌ لها", "")
    on_region = replace(
        _note(5, text, "", "العجلة في الرسم.", place=region), start=ROWS_START[2], end=ROWS_START[2]
    )
    on_seconds = replace(
        _note(6, text, "", "The stone *turns*.", language="en", place=seconds),
        start=ROWS_START[14],
        end=ROWS_START[14],
    )
    values: dict[str, Any] = {
        "edition": "eeeeeeeeeeeeeee2", "slug": "mill-edition", "number": 1, "previous": "",
        "title": {"ar": "الطاحونة: طبعة محشّاة", "en": "The Mill, annotated"},
        "introduction": {"ar": "تمهيدٌ **للقارئ**.", "en": "For the *reader*."},
        "change_note": {"ar": "", "en": ""}, "license": "https://creativecommons.org/licenses/by/4.0/",
        "credits": ({"name": "هند", "name_en": "Hind", "role": "editor"},), "required_approvals": 1,
        "authors": (Person(AUTHOR, "سعاد"),), "reviewers": (Person(AUTHOR, "سعاد"),),
        "work": WorkFacts(
            id=WORK, slug="mill", kind="book", language="ar", title={"ar": "حكاية الطاحونة", "en": "The Tale of the Mill"},
            description={"ar": "", "en": ""}, creators=({"name": "الجدّ", "role": "author"},), date="1950",
            rights_uri="https://creativecommons.org/publicdomain/zero/1.0/", rights_holder={"ar": "", "en": ""},
            provenance={"ar": "", "en": ""}, identifiers=(), content_warning={"ar": "", "en": ""}, collection=None,
        ),
        "text": text, "notes": (outer, inner, year, on_region_numbered(on_region, 4), replace(across, number=5), on_seconds, last),
        "terms": terms,
        "figures": (FigureFacts("f1", 2, ROWS[2][1], picture), FigureFacts("f2", 13, ROWS[13][1], None)),
        "videos": (), "films": (film,), "format": FORMAT_WITH_PLACES,
    }  # fmt: skip
    return Snapshot(**{**values, **fields})


def on_region_numbered(note: Note, number: int) -> Note:
    """Return a note under another number."""
    return replace(note, number=number)


def _starts() -> list[int]:
    found, start = [], 0
    for _kind, words, _level, _attrs in ROWS:
        found.append(start)
        start += len(words) + 1
    return found


ROWS_START = _starts()


def make_given(snapshot: Snapshot | None = None, **fields: Any) -> Given:
    """Return the release on its way out, all of it shown."""
    snapshot = snapshot or make_snapshot()
    values: dict[str, Any] = {
        "address": ADDRESS, "manifest_hash": manifest_hash(dumps(snapshot)), "shows": lambda kind, ident: True,
        "published": "2026-03-04", "shows_picture": lambda ident: True, "open_member": opened,
    }  # fmt: skip
    return Given(snapshot, **{**values, **fields})


def opened(sha256: str) -> Iterator[bytes]:
    """Yield the bytes of the only picture."""
    assert sha256 == PIXELS_SHA
    yield PIXELS
