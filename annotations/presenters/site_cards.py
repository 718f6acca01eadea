"""Cards of the catalogue: works, images and videos, read for one viewer in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.presenters.clock import clock
from annotations.presenters.standing import standing_of
from annotations.presenters.words import Said, said_of
from archive.access import visible_to
from archive.enums import ImageState
from archive.models import Image, Video, Work
from archive.models.names import unnamed
from archive.presenters.desk_words import WORK_KINDS
from archive.presenters.edtf_words import edtf_words
from archive.presenters.films import provider_name
from archive.presenters.languages import language_label
from archive.presenters.markup import plain_excerpt
from archive.presenters.veils import warned_of


@dataclass(frozen=True, slots=True)
class Card:
    """One thing of the catalogue."""

    kind: str
    url: str
    title: Said
    label: str
    text: str
    text_language: str
    icon: str
    thumb: str = ""
    alternative: str = ""
    #: What covers the picture, in words, and its name in the memory of a session.
    warning: str = ""
    veil: str = ""
    facts: tuple[str, ...] = field(default=())


def cards_of(rows: Sequence[Any], who: object) -> list[Card]:
    """Return the cards of rows that `who` may see; a cover that they may not see is left out."""
    covers = {row.cover_id for row in rows if isinstance(row, Work) and row.cover_id}
    shown = visible_to(Image, who).filter(state=ImageState.READY).in_bulk(covers) if covers else {}
    standing = standing_of(rows, who)
    return [_card(row, shown, standing) for row in rows]


def _card(row: Any, covers: dict[int, Image], standing: Mapping[int, Said]) -> Card:
    if isinstance(row, Image):
        return _image(row, standing)
    if isinstance(row, Video):
        return _video(row)
    return _work(row, covers)


def _work(work: Work, covers: dict[int, Image]) -> Card:
    cover = covers.get(work.cover_id or 0)
    text = said_of(work, "description")
    return Card(
        kind="work", url=work.get_absolute_url(), title=title_of(work), label=str(WORK_KINDS[work.kind]),
        text=plain_excerpt(text.text, length=200), text_language=text.language, icon="text",
        thumb=copy_url(cover, "small") if cover else "",
        alternative=said_of(cover, "alternative").text if cover else "",
        warning=warned_of(work.warnings, cover.warnings) if cover else "", veil=cover.public_id if cover else "",
        facts=tuple(part for part in (language_label(work.language), edtf_words(work.date_edtf)) if part),
    )  # fmt: skip


def _image(image: Image, standing: Mapping[int, Said]) -> Card:
    text = said_of(image, "description")
    return Card(
        kind="image", url=image.get_absolute_url(), title=title_of(image, standing), label=_("Image"),
        text=plain_excerpt(text.text, length=160), text_language=text.language, icon="image",
        thumb=copy_url(image, "small") if image.state == ImageState.READY else "",
        alternative=said_of(image, "alternative").text, warning=warned_of(image.warnings), veil=image.public_id,
        facts=(edtf_words(image.date_edtf),) if image.date_edtf else (),
    )  # fmt: skip


def _video(video: Video) -> Card:
    text = said_of(video, "description")
    length = clock(video.duration) if video.duration else ""
    label = _("Recording") if video.is_recording else _("Video")
    return Card(
        kind="video", url=video.get_absolute_url(), title=title_of(video), label=label,
        text=plain_excerpt(text.text, length=160), text_language=text.language, icon="audio" if video.is_recording else "video",
        facts=tuple(part for part in (provider_name(video.provider), length, edtf_words(video.date_edtf)) if part),
    )  # fmt: skip


def title_of(row: Any, standing: Mapping[int, Said] | None = None) -> Said:
    """Return the title of a thing, or what it is called when nobody has named it yet; see `standing_of`."""
    title = said_of(row, "title")
    if title:
        return title
    words, language = unnamed(row)
    work = (standing or {}).get(row.pk)
    if work:
        words = _("%(image)s, in «%(work)s»") % {"image": words, "work": f"\u2068{work}\u2069"}
    return Said(words, language)


def copy_url(image: Image, name: str) -> str:
    """Return the address of a public copy."""
    return reverse("derivative", args=[image.public_id, name])
