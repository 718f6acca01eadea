"""What a search finds as places that a reference can point at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from annotations.access.note_facts import NoteFacts, read_notes
from annotations.access.notes import shown_to
from annotations.access.uses import notes_bearing
from annotations.models import Annotation, Term
from annotations.presenters.annotation import quotation as passage_words
from annotations.presenters.media_place import crop_of, region_words, times_words
from annotations.presenters.site_cards import title_of
from archive.access import Viewer, visible_to
from archive.models import Image, ImageTiles, Text, Video, Work
from archive.presenters.markup import plain_excerpt
from archive.search.engine import Hit

Row = dict[str, Any]
#: Letters of a passage that a result points at, at most.
SENTENCE = 300
#: Letters of what a note says.
WORDS = 140
_END = re.compile(r"[.!?؟…۔]+[\s»”\")\]]*|\n")
KIND_NAMES: dict[str, str | Promise] = {
    "work": pgettext_lazy("result", "Work"), "passage": pgettext_lazy("result", "Passage"),
    "annotation": pgettext_lazy("result", "Note"), "term": pgettext_lazy("result", "Term"),
    "image": pgettext_lazy("result", "Image"), "video": pgettext_lazy("result", "Video"),
}  # fmt: skip
_ICONS = {
    "work": "text",
    "passage": "quote",
    "annotation": "note",
    "term": "tag",
    "image": "image",
    "video": "video",
}


def places_found(who: Viewer, hits: Sequence[Hit]) -> list[Row]:
    """Return the results in their order, each with a target or with what is inside of it to choose from."""
    rows = _Rows(who, hits)
    return [row for hit in hits if (row := rows.of(hit)) is not None]


def sentence_around(words: str, first: tuple[int, int] | None) -> tuple[int, int]:
    """Return the sentence that an occurrence stands in, at most `SENTENCE` letters around it; without one, the first."""
    start, end = first or (0, 0)
    before = [match.end() for match in _END.finditer(words, 0, start)]
    after = _END.search(words, end)
    low, high = before[-1] if before else 0, after.end() if after else len(words)
    low, high = max(low, start - SENTENCE // 2), min(high, end + SENTENCE // 2)
    cut = words[low:high]
    return low + len(cut) - len(cut.lstrip()), low + len(cut.rstrip())


class _Rows:
    """Rows of what was found, read at once by kind."""

    def __init__(self, who: Viewer, hits: Sequence[Hit]) -> None:
        ids: dict[str, set[int]] = {}
        for hit in hits:
            ids.setdefault(hit.kind, set()).add(hit.object_id)
        texts = visible_to(Text, who).filter(pk__in=ids.get("passage", ()), current_revision__isnull=False)
        self.texts = {
            pk: (public_id, number)
            for pk, public_id, number in texts.values_list("pk", "public_id", "current_revision__number")
        } if "passage" in ids else {}  # fmt: skip
        self.rows: dict[str, dict[int, Any]] = {}
        for kind, model in (("work", Work), ("image", Image), ("video", Video), ("term", Term)):
            found = visible_to(model, who).filter(pk__in=ids[kind]) if kind in ids else ()
            self.rows[kind] = {row.pk: row for row in found}
        notes = shown_to(who).filter(pk__in=ids["annotation"]) if "annotation" in ids else ()
        self.rows["annotation"] = {row.pk: row for row in notes}

    def of(self, hit: Hit) -> Row | None:
        if hit.kind == "passage":
            return self._passage(hit)
        item = self.rows.get(hit.kind, {}).get(hit.object_id)
        if item is None:
            return None
        row = _row(hit.kind, title=hit.label, words=hit.passage.text if hit.passage else hit.snippet)
        match item:
            case Annotation():
                return row | {"target": {"annotation": item.public_id}}
            case Work():
                return row | {"target": {"work": item.public_id}}
            case Term():
                return row | {"inside": f"term:{item.public_id}"}
            case Image():
                return row | {"target": whole_picture(item), "inside": f"image:{item.public_id}"}
            case _:
                return row | {"target": whole_film(item), "inside": f"video:{item.public_id}"}

    def _passage(self, hit: Hit) -> Row | None:
        if hit.object_id not in self.texts or hit.start is None:
            return None
        text, revision = self.texts[hit.object_id]
        low, high = sentence_around(hit.words, hit.first)
        exact = hit.words[low:high]
        target = {
            "text": text, "revision": revision, "start": hit.start + low, "end": hit.start + high, "exact": exact,
            "prefix": "", "suffix": "",
        }  # fmt: skip
        return _row("passage", title=hit.label, words=exact) | {"target": target}


def _row(kind: str, *, title: str, words: str) -> Row:
    shown = words.strip()
    return {
        "kind": kind, "kind_label": str(KIND_NAMES[kind]), "icon": _ICONS[kind], "title": title, "words": shown,
        "label": f"{title} · {shown[:80]}" if shown and shown != title else title, "target": None, "inside": "", "picture": "",
    }  # fmt: skip


def whole_picture(image: Image) -> Row | None:
    """Return a picture from edge to edge as a target; None while its size is not known."""
    if not image.width or not image.height:
        return None
    return {
        "image": image.public_id,
        "region": {"shape": "rect", "points": [[0, 0], [image.width, image.height]]},
    }


def whole_film(video: Video) -> Row:
    """Return a film from its beginning to its end, as far as that is known."""
    return {"video": video.public_id, "start": 0, "end": video.duration or 0}


def inside_picture(who: Viewer, image: Image, *, limit: int) -> list[Row]:
    """Return a picture and the parts of it that notes are on, as targets."""
    title = title_of(image).text
    tiles = (
        ImageTiles.objects.current().filter(image=image) if not image.warnings else ImageTiles.objects.none()
    )
    by_page = {row.page: row for row in tiles.order_by()}
    rows = [_row("image", title=title, words=_("The whole picture")) | {"target": whole_picture(image)}]
    for note in _notes(who, limit, image=image):
        region = (note.locus.region if note.locus else None) or {}
        tile = by_page.get(region.get("page", 1))
        crop = (
            crop_of(region, image.public_id, page=tile.page, size=(tile.width, tile.height))
            if tile and region
            else None
        )
        words = " · ".join(
            part for part in (plain_excerpt(note.body, length=WORDS), region_words(region)) if part
        )
        rows.append(
            _row("annotation", title=title, words=words)
            | {"target": {"annotation": note.id}, "picture": crop.src if crop else ""}
        )
    return [row for row in rows if row["target"]]


def inside_film(who: Viewer, video: Video, *, limit: int) -> list[Row]:
    """Return a film and the seconds of it that notes are on, as targets."""
    title = title_of(video).text
    rows = [_row("video", title=title, words=_("The whole film")) | {"target": whole_film(video)}]
    for note in _notes(who, limit, video=video):
        seconds = times_words(note.locus) if note.locus else ""
        words = " · ".join(part for part in (seconds, plain_excerpt(note.body, length=WORDS)) if part)
        rows.append(_row("annotation", title=title, words=words) | {"target": {"annotation": note.id}})
    return rows


def inside_term(who: Viewer, term: Term, *, limit: int) -> list[Row]:
    """Return the notes that bear a term: a term is no place, but what was said under it is on places."""
    # An author keeps a note on what they may not see any more: it is no place to lead others to.
    notes = notes_bearing(who, [term.pk])
    keys = list(notes.order_by("-pk").values_list("pk", flat=True)[:limit])
    items = Annotation.objects.select_related("text__work", "image", "video").in_bulk(keys)
    rows = []
    for note in read_notes(who, keys, revision_id=None):
        on = items[note.pk]
        item = on.text.work if on.text else on.image or on.video
        words = plain_excerpt(note.body, length=WORDS) or passage_words(note.sits)
        rows.append(_row("annotation", title=str(item), words=words) | {"target": {"annotation": note.id}})
    return rows


def _notes(who: Viewer, limit: int, **on: Any) -> Iterable[NoteFacts]:
    keys = list(shown_to(who).filter(**on).order_by("-pk").values_list("pk", flat=True)[:limit])
    return read_notes(who, keys, revision_id=None)
