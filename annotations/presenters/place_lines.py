"""Places without a note, as a file tells of them: what was picked up, what was found, what is suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.access.basket import Picked, Standing
from annotations.access.others import Other
from annotations.access.suggestions import Suggestion
from annotations.models import Locus, Term
from annotations.presenters.annotation import workbench_url
from annotations.presenters.basket import url_of
from annotations.presenters.site_cards import title_of
from annotations.presenters.suggestions import card_of
from archive.models import Text
from archive.presenters.markup import plain_excerpt

#: What a list says of its places besides where they are.
BASKET_HEADS = ("standing", "picked")
FOUND_HEADS = ("part_of_name", "tags")
SUGGESTED_HEADS = ("kind", "proposed", "said", "why")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place; of what may not be seen any more, nothing but that it was there."""

    #: "text", "image", "video", "work" or "note", and its public id.
    kind: str = ""
    public_id: str = ""
    title: str = ""
    #: Its page on this site.
    url: str = ""
    #: Of a passage: code points of which revision, the words and what stands around them; else None and empty.
    revision: int | None = None
    start: int | None = None
    end: int | None = None
    words: str = ""
    before: str = ""
    after: str = ""
    #: Of a part of a picture or a film.
    locus: Locus | None = None
    more: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    #: Terms that `more` speaks of.
    terms: Sequence[Term] = ()


def picked_line(one: Picked) -> PlaceLine:
    """Return a place of the basket."""
    row = one.row
    more = {"standing": str(one.standing), "picked": row.created_at.isoformat()}
    if one.standing == Standing.GONE:
        return PlaceLine(more=more)
    title, url = title_of(one.item).text if one.item else "", url_of(one)
    if one.note:
        return PlaceLine("note", one.note, title, url, words=plain_excerpt(one.words), more=more)
    at = one.target or {}
    if row.text is not None:
        found = (at.get("revision"), at.get("start"), at.get("end"), one.words)
        around = (at.get("prefix", ""), at.get("suffix", ""))
        return PlaceLine("text", row.text.public_id, title, url, *found, *around, more=more)
    kind = "image" if row.image_id else "video" if row.video_id else "work"
    assert one.item is not None
    return PlaceLine(kind, one.item.public_id, title, url, locus=one.locus, more=more)


def found_line(one: Other) -> PlaceLine:
    """Return another occurrence of the words that were sought."""
    more = {"part_of_name": "1" if one.is_part else "", "tags": [str(term) for term in one.tagged]}
    return _passage(one.text, one.start, one.end, (one.exact, one.before, one.after), more, one.tagged)


def suggested_line(text: Text, one: Suggestion, content: str) -> PlaceLine:
    """Return a suggestion in this content of the text: what it would be, and why."""
    card = card_of(one, content)
    said = [card.date] if one.date else [str(term) for term in one.terms]
    more = {"kind": str(one.kind), "proposed": one.proposals, "said": said, "why": " ".join(card.why)}
    return _passage(text, one.start, one.end, (one.exact, card.before, card.after), more, one.terms)


def _passage(
    text: Text, start: int, end: int, words: tuple[str, str, str], more: Mapping[str, str | Sequence[str]], terms: Sequence[Term]
) -> PlaceLine:  # fmt: skip
    title = " · ".join(part for part in (title_of(text.work).text, text.title) if part)
    revision = text.current_revision.number if text.current_revision else None
    url = f"{workbench_url(text.public_id)}?at={start}-{end}#at-{start}-{end}"
    return PlaceLine("text", text.public_id, title, url, revision, start, end, *words, more=more, terms=terms)
