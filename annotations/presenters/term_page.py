"""What is known of a term, and where it occurs in what was released."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from annotations.access.uses import branch_of
from annotations.authorities import SCHEMES, is_identifier, page_of
from annotations.editions.reading import read_snapshot, shown_in_preview
from annotations.editions.values import Note
from annotations.enums import NameForm
from annotations.models import ReleaseNote, Term
from annotations.presenters.issue import Issue
from annotations.presenters.labels import MATCHES, TERM_KINDS
from annotations.presenters.placed import label_of
from annotations.presenters.release_facts import newest
from annotations.presenters.snapshot import Book, book_of
from annotations.presenters.term_cards import term_card
from annotations.presenters.words import Said, said, said_of
from archive.access import ANYBODY, visible_to
from archive.presenters.languages import direction_of, language_label
from archive.presenters.markup import plain_excerpt, render_markdown
from archive.text.context import words_after, words_before

#: Code points shown on either side of a passage.
AROUND = 90
#: Terms that stand beside this one.
NEIGHBORS = 12


@dataclass(frozen=True, slots=True)
class TermPassage:
    """One released passage that bears the term."""

    edition: Said
    url: str
    number: int
    before: str
    words: str
    after: str
    language: str
    direction: str
    body: str
    body_language: str


def term_context(term: Term, *, with_narrower: bool = False) -> dict[str, Any]:
    """Return the template's context; `passages` hold all, of narrower terms too when asked for, for paging."""
    branch = branch_of(ANYBODY, {term.pk}) if with_narrower else {term.pk}
    named = Q(pk__in=branch) | Q(merged_into__in=branch)
    ids = {term.public_id, *Term.objects.filter(named).values_list("public_id", flat=True)}
    passages, beside = _occurrences(ids)
    card = term_card(term, len(passages))
    near = visible_to(Term, ANYBODY).filter(public_id__in=[i for i, _n in beside.most_common(NEIGHBORS)])
    description = said_of(term, "description")
    return {
        "term": term, "card": card, "kind_label": TERM_KINDS[term.kind], "description": description,
        "description_html": render_markdown(description.text) if description else "",
        "names": [
            (language_label(n.language), n.language, direction_of(n.language), n.name)
            for n in term.names.all() if not n.is_label and n.form != NameForm.HIDDEN
        ],
        "authorities": authority_links(term), "scope_note": said_of(term, "scope_note"),
        "neighbors": sorted(
            (term_card(t, beside[t.public_id]) for t in near.filter(merged_into=None)), key=lambda c: -c.count
        ),
        "passages": passages, "schema": _schema(term, card.label),
        "address": f"{settings.PUBLIC_URL}{card.url}",
    }  # fmt: skip


def _occurrences(ids: set[str]) -> tuple[list[TermPassage], Counter[str]]:
    """Return the passages in the newest public releases, and which terms are on the same notes."""
    tags = "version__version_tags"
    named = Q(**{f"{tags}__term__public_id__in": ids}) | Q(**{f"{tags}__move__term__public_id__in": ids})
    tagged = ReleaseNote.objects.filter(named).values("release")
    with_term = set(tagged.values_list("release", flat=True).distinct())
    found: list[tuple[Any, Book, list[Note]]] = []
    for release in newest():
        if release.pk not in with_term:
            continue
        book = book_of(release.manifest_hash, read_snapshot(release))
        notes = {note.id: note for ident in ids for note in book.by_term.get(ident, ())}
        found.append((release, book, sorted(notes.values(), key=lambda note: note.number)))
    # Asked once for all: who may see a picture or a film decides on the notes that are on it.
    shown = shown_in_preview(
        frozenset(n.place.member for _release, _book, notes in found for n in notes if n.place)
    )
    passages: list[TermPassage] = []
    beside: Counter[str] = Counter()
    for release, book, some in found:
        issue = Issue(
            book=book, base=reverse("release", args=[release.edition.slug, release.number]), permalink="",
            shown=shown, picture=str,
        )  # fmt: skip
        for note in filter(issue.shows, some):
            passages.append(_passage(issue, note))
            beside.update(tag for tag in note.tags if tag not in ids)
    return passages, beside


def passages_in_archive(term: str) -> list[TermPassage]:
    """Return where a term (public id) and what was merged into it stand in the newest public releases."""
    named = Q(public_id=term) | Q(merged_into__public_id=term)
    return _occurrences(set(Term.objects.filter(named).values_list("public_id", flat=True)))[0]


def passages_in_issue(issue: Issue, term: str) -> list[TermPassage]:
    """Return where a term (public id) stands in a release, as far as that may be read now."""
    return [_passage(issue, note) for note in issue.book.by_term.get(term, ()) if issue.shows(note)]


def _passage(issue: Issue, note: Note) -> TermPassage:
    text, label = issue.snapshot.text, label_of(issue, note)
    before, words, after = label.text, "", ""
    if note.place is None:
        before, after = (
            words_before(text.content, note.start, AROUND),
            words_after(text.content, note.end, AROUND),
        )
        words = note.exact
    return TermPassage(
        edition=said(issue.snapshot.title), url=issue.note_url(note.id), number=note.number,
        before=before, words=words, after=after, language=label.language, direction=label.direction,
        body=plain_excerpt(note.body, length=220) if note.body else "", body_language=note.language,
    )  # fmt: skip


def authority_links(term: Term) -> list[dict[str, str]]:
    """Return what others call the term, as links where the authority is known, and what is like it elsewhere."""
    found = []
    for scheme, value in term.authority.items():
        label = SCHEMES[scheme].name if scheme in SCHEMES else scheme
        known = is_identifier(scheme, str(value))
        found.append(
            {"label": label, "value": str(value), "url": page_of(scheme, str(value)) if known else ""}
        )
    for match in term.matches:
        found.append({"label": str(MATCHES[match["relation"]]), "value": match["url"], "url": match["url"]})
    return found


def _schema(term: Term, label: Said) -> dict[str, Any]:
    kind = {"person": "Person", "place": "Place", "group": "Organization", "event": "Event"}.get(term.kind)
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": kind or "DefinedTerm", "name": label.text,
        "url": f"{settings.PUBLIC_URL}{term.get_absolute_url()}",
        "sameAs": [a["url"] for a in authority_links(term) if a["url"]],
    }  # fmt: skip
    if term.latitude is not None and kind == "Place":
        data["geo"] = {"@type": "GeoCoordinates", "latitude": term.latitude, "longitude": term.longitude}
    return data
