"""How the terms of a package become entries of the vocabulary here."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from annotations.actions._terms import fill, free_slug, write_names
from annotations.enums import NameForm, TermKind, TermStatus
from annotations.models import Term
from annotations.values import Match, Name, TermInput
from archive.access import may
from archive.actions._packages import Line, id_of, words_of
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid
from archive.models import User
from archive.presenters.slugs import slug_of


def load_term(line: Line, *, known: dict[str, Term], by: User) -> Term:
    """Return the term that a line is: the one with its id, one of the same kind and names, or a new one.

    A new one is established only by who may establish terms here. Raises ValueError, Invalid.
    """
    found = Term.objects.filter(public_id=id_of(line)).select_related("merged_into").first() or _alike(line)
    if found is not None:
        return found.merged_into or found
    given = _given(line, known)
    established = line["status"] == TermStatus.ESTABLISHED and may(by, "establish", Term)
    status = TermStatus.ESTABLISHED if established else TermStatus.PROPOSED
    term = Term(public_id=line["id"], created_by=by, status=status)
    fill(term, given, by=by)
    term.slug = _slug(line, given)
    term.save()
    write_names(term, given)
    refresh_search("term", term.pk, by=by)
    record_event("term.brought_in", target=term, by=by, kind=str(term.kind), status=str(term.status))
    return term


def _alike(line: Line) -> Term | None:
    """Return a term here that is called the same in both languages, and is of the same kind."""
    labels = {name: words_of(line[name]) for name in ("label_ar", "label_en")}
    rows = Term.objects.filter(kind=TermKind(line["kind"]), merged_into=None)
    for name, words in labels.items():
        # What is not said in a language is empty in some rows and absent in others.
        rows = rows.filter(Q(**{name: words}) if words else Q(**{name: ""}) | Q(**{name: None}))
    return rows.order_by("pk").first() if any(labels.values()) else None


def _given(line: Line, known: dict[str, Term]) -> TermInput:
    # Packages that were made before names had forms say none.
    forms = {(words_of(one[0]), words_of(one[1])): words_of(one[2]) for one in line.get("forms", ())}
    names = tuple(
        Name(words_of(language), words_of(name), NameForm(forms.get((language, name), NameForm.ALTERNATIVE)))
        for language, name in line["names"]
    )
    matches = tuple(Match(words_of(one["relation"]), words_of(one["url"])) for one in line.get("matches", ()))
    authority = {words_of(name): words_of(value) for name, value in dict(line["authority"]).items()}
    return TermInput(
        kind=TermKind(line["kind"]), names=names, authority=authority, matches=matches,
        notation=words_of(line.get("notation", "")),
        **{f"scope_note_{code}": words_of(line.get(f"scope_note_{code}", "")) for code in ("ar", "en")},
        **{f"{name}_{code}": words_of(line[f"{name}_{code}"]) for name in ("label", "description") for code in ("ar", "en")},
        broader=known[line["broader"]].public_id if line["broader"] in known else "",
        latitude=_number(line["latitude"]), longitude=_number(line["longitude"]), date_edtf=words_of(line["date_edtf"]),
    )  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _slug(line: Line, given: TermInput) -> str:
    slug = words_of(line["slug"])
    if not slug or slug_of(slug, longest=120) != slug:
        raise Invalid("bad_slug", field="slug")
    return slug if not Term.objects.filter(slug=slug).exists() else free_slug(given)
