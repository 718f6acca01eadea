"""Whom and what the rule of an edition names, now that terms were merged and split and groups have other members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from annotations.editions.facts import words_of
from annotations.editions.plan import TermChange
from annotations.enums import VocabularyAct
from annotations.models import Annotation, Edition, Term, VocabularyStep
from archive.enums import StepState
from archive.models import User


def as_merged(rule: dict[str, Any]) -> dict[str, Any]:
    """Return a rule that names, of terms that were merged, the ones that stay."""
    named = rule.get("tags") or []
    merged = (
        Term.objects.filter(public_id__in=named).exclude(merged_into=None) if named else Term.objects.none()
    )
    stays = dict(merged.values_list("public_id", "merged_into__public_id"))
    return rule | {"tags": list(dict.fromkeys(stays.get(one, one) for one in named))}


def people_of(rule: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the keys (`Annotation.author_key`) of whose notes a rule takes in: its authors, and who is of its groups now.

    None for everybody's.
    """
    authors, groups = rule.get("authors") or [], rule.get("groups") or []
    if not authors and not groups:
        return None
    members = User.objects.filter(groups__public_id__in=groups) if groups else User.objects.none()
    return frozenset(authors) | set(members.values_list("public_id", flat=True))


def authors_on(notes: QuerySet[Annotation]) -> dict[str, str]:
    """Return the names of who wrote these notes, by their keys, in order of the names."""
    pairs = notes.order_by().values_list("author", "credited").distinct()
    users = User.objects.in_bulk({author for author, _credited in pairs})
    wrote = [Annotation(author=users[author], credited=credited) for author, credited in pairs]
    found = {one.author_key: one.author_name for one in wrote}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def changes_of_rule(edition: Edition) -> tuple[TermChange, ...]:
    """Return what became of the terms of a rule, for an editor to look at before sealing.

    Splits are told until a release was sealed after them: then somebody has seen what it takes in.
    """
    rule = edition.rule or {}
    named = rule.get("tags") or []
    if not named or rule.get("only_picked"):
        return ()
    found = {
        term.public_id: term
        for term in Term.objects.filter(public_id__in=named).select_related("merged_into")
    }
    gone = [TermChange("tag_gone", {}, {}) for one in named if one not in found]
    merged = [
        TermChange("tag_merged", _label(term), _label(term.merged_into))
        for term in found.values()
        if term.merged_into is not None
    ]
    return (*gone, *merged, *_splits(edition, named))


def _splits(edition: Edition, named: list[str]) -> list[TermChange]:
    steps = VocabularyStep.objects.filter(
        act=VocabularyAct.SPLIT, state=StepState.APPLIED, term__public_id__in=named, applied_at__gt=edition.created_at
    )  # fmt: skip
    sealed = edition.releases.order_by("-number").values_list("sealed_at", flat=True).first()
    if sealed is not None:
        steps = steps.filter(applied_at__gt=sealed)
    rows = (
        steps.exclude(other=None)
        .exclude(other__public_id__in=named)
        .select_related("term", "other")
        .order_by("pk")
    )
    pairs = {(row.term_id, row.other_id): row for row in rows}
    return [
        TermChange("tag_split", _label(row.term), _label(row.other))
        for row in pairs.values()
        if row.term is not None and row.other is not None
    ]


def _label(term: Term) -> dict[str, str]:
    return dict(words_of(term, "label"))
