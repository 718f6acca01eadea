"""What an address of the public site points at, for those who cite, embed, name or report it: always as anybody sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language

from annotations.citing import ark
from annotations.editions.reading import public_releases
from annotations.editions.values import Note
from annotations.presenters.issue import Issue
from annotations.presenters.placed import label_of, quotation
from annotations.presenters.released import issue_of
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import Said, said
from archive.access import ANYBODY, visible_to
from archive.models import Image, TextRevision, Video, Work

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pointed:
    """A work, picture, film or release that anybody may see, or a note or a passage in one."""

    #: "release", "note" and "passage" (of a release); "work", "quote" (a passage of a work's text), "image", "video".
    kind: str
    row: Any
    issue: Issue | None = None
    note: Note | None = None
    #: Code points of the passage, in the release's wording or in `revision`.
    span: tuple[int, int] | None = None
    revision: TextRevision | None = None

    @property
    def title(self) -> Said:
        """The title of the whole: of the edition, the work, the picture, the film."""
        return said(self.issue.snapshot.title) if self.issue else title_of(self.row)

    @property
    def words(self) -> Said:
        """The words that are pointed at; for a note on a picture or film, what that is called."""
        if self.note and self.issue:
            label = label_of(self.issue, self.note)
            return Said(label.text if self.note.place else self.note.exact, label.language)
        if self.span:
            wording: Any = self.issue.snapshot.text if self.issue else self.revision
            return Said(wording.content[self.span[0] : self.span[1]], wording.language)
        return Said("", self.title.language)

    @property
    def label(self) -> Said:
        """What it is called in one line."""
        if not self.words:
            return self.title
        return Said(f"{quotation(self.words.text)} · {self.title.text}", self.title.language)

    @property
    def query(self) -> str:
        """What the address of the whole is followed by."""
        if self.note:
            return f"?note={self.note.id}"
        if not self.span:
            return ""
        at = f"at={self.span[0]}-{self.span[1]}"
        if self.revision is None:
            return f"?{at}"
        return f"?text={self.revision.text.public_id}&revision={self.revision.number}&{at}"

    @property
    def path(self) -> str:
        """Where it is read, in the current language."""
        anchor = f"#note-{self.note.id}" if self.note else ""
        if self.span:
            anchor = f"#at-{self.span[0]}-{self.span[1]}"
        return f"{self.row.get_absolute_url()}{self.query}{anchor}"

    @property
    def permalink(self) -> str:
        """The lasting address, which leads to the reader's own language."""
        base = f"{settings.PUBLIC_URL}{_neutral(self.row.get_absolute_url())}"
        return f"{base}annotations/{self.note.id}" if self.note else f"{base}{self.query}"

    @property
    def asked(self) -> dict[str, str]:
        """What `query` asks for, by name."""
        return dict(parse_qsl(self.query.lstrip("?")))

    @property
    def ark(self) -> str:
        """Its name that stays: "ark:/99999/…"."""
        return ark.mint(settings.ARK_NAAN, self.page, self.row.public_id, self.asked)

    @property
    def lasting(self) -> str:
        """The address to cite: that of its name where the site has a number for such names, else its permalink."""
        return self.permalink if settings.ARK_IS_TEST or not self.ark else f"{settings.PUBLIC_URL}/{self.ark}"

    @property
    def page(self) -> str:
        """The name of its page's address, and of those of its card."""
        return {"note": "release", "passage": "release", "quote": "work"}.get(self.kind, self.kind)

    def beside(self, name: str) -> str:
        """Return the address of a page about it: `name` is "embed" or "cite", before the name of its page."""
        return f"{reverse(f'{name}_{self.page}', args=self.names)}{self.query}"

    @property
    def names(self) -> list[Any]:
        """The parts of its page's address."""
        if self.issue:
            return [self.row.edition.slug, self.row.number]
        return [self.row.slug if isinstance(self.row, Work) else self.row.public_id]


def _neutral(path: str) -> str:
    """Return a path without its language."""
    return path.removeprefix(f"/{get_language()}")


def in_release(row: Any, query: Mapping[str, str]) -> Pointed | None:
    """Return what an address of a public release points at; None when it names a note or passage that is not there."""
    issue = issue_of(row)
    if query.get("note"):
        note = issue.book.notes.get(query["note"])
        return Pointed("note", row, issue, note) if note and note.id not in issue.hidden else None
    if query.get("at"):
        span = _span(query["at"], issue.snapshot.text.length)
        return Pointed("passage", row, issue, span=span) if span else None
    return Pointed("release", row, issue)


def in_work(row: Work, query: Mapping[str, str]) -> Pointed | None:
    """Return what an address of a public work points at; a passage is there only when anybody reads the whole text."""
    if not query.get("at"):
        return Pointed("work", row)
    wording = visible_to(TextRevision, ANYBODY).filter(text__work=row).select_related("text")
    if query.get("text"):
        wording = wording.filter(text__public_id=query["text"][:16])
    number = query.get("revision", "")
    if number.isascii() and number.isdigit() and len(number) < 7:
        wording = wording.filter(number=int(number))
    revision = wording.order_by("text__order", "text_id", "-number").first()
    span = _span(query["at"], revision.length) if revision else None
    return Pointed("quote", row, span=span, revision=revision) if span else None


def _span(asked: str, length: int) -> tuple[int, int] | None:
    found = _SPAN.fullmatch(asked)
    if found is None or not int(found[1]) < int(found[2]) <= length:
        return None
    return int(found[1]), int(found[2])


def at_name(name: ark.Name) -> Pointed | None:
    """Return what a name that stays points at, as anybody sees it now; an edition's at its newest release."""
    query = dict(name.query)
    if name.kind in ("edition", "release"):
        key = "edition__public_id" if name.kind == "edition" else "public_id"
        row = None if "text" in query else public_releases().filter(**{key: name.public_id}).first()
        return in_release(row, query) if row else None
    model = _MODELS.get(name.kind)
    found = visible_to(model, ANYBODY).filter(public_id=name.public_id).first() if model else None
    if found is None:
        return None
    if name.kind == "work" and "note" not in query:
        return in_work(found, query)
    return None if query else Pointed(name.kind, found)


#: What has a page by its id, or by its slug.
_MODELS: dict[str, Any] = {"work": Work, "image": Image, "video": Video}


def at_names(page: str, names: Mapping[str, Any], query: Mapping[str, str]) -> Pointed | None:
    """Return what a page of this name points at, by the parts of its address."""
    if page == "edition":
        row = public_releases().filter(edition__slug=names["slug"]).first()
        return Pointed("release", row, issue_of(row)) if row else None
    if page in ("release", "release_note"):
        row = public_releases().filter(edition__slug=names["slug"], number=names["number"]).first()
        asked = {**query, "note": names["note"]} if "note" in names else query
        return in_release(row, asked) if row else None
    if page == "work":
        work = visible_to(Work, ANYBODY).filter(slug=names["slug"]).first()
        return in_work(work, query) if work else None
    if page not in ("image", "video"):
        return None
    medium = visible_to(_MODELS[page], ANYBODY).filter(public_id=names["public_id"]).first()
    return Pointed(page, medium) if medium else None


def at_address(address: str) -> tuple[Pointed | None, str]:
    """Return what an address of this site points at and the language that it names; None for anything else."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None, ""
    here = f"{parts.scheme}://{parts.netloc}"
    if here != settings.PUBLIC_URL or "\\" in address:
        return None, ""
    language = next((code for code, _n in settings.LANGUAGES if parts.path.startswith(f"/{code}/")), "")
    match = _resolved(parts.path, language)
    if match is None:
        return None, language
    return at_names(match.url_name or "", match.kwargs, dict(parse_qsl(parts.query))), language


def _resolved(path: str, language: str) -> Any:
    """Return what a path resolves to; one without a language as in the current one."""
    prefixed = path if not language else f"/{get_language()}{path.removeprefix(f'/{language}')}"
    for candidate in (prefixed, f"/{get_language()}{path}"):
        try:
            return resolve(candidate)
        except Resolver404:
            continue
    return None
