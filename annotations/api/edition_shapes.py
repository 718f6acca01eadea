"""Editions and releases on the wire."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from annotations.actions._edition_parts import MAX_PARTS
from annotations.editions.reading import status_of
from annotations.enums import Category, CreditRole, NoteOrder
from annotations.models import Edition, Release
from archive.api.shapes import Code, Moment, Ref, words
from archive.models import Text

#: What is said of the texts of a plan.
PARTS = "Public ids of the texts of its work that it takes, in their order."
STATUSES = ("sealed", "scheduled", "published", "withdrawn")
#: Titles of releases by their hash; they never change.
_titles: dict[str, Mapping[str, Any]] = {}


class CreditShape(serializers.Serializer):
    """Somebody who is credited in an edition."""

    name = serializers.CharField(max_length=200)
    role = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="In words, for what CRediT does not name."
    )
    name_ar = serializers.CharField(max_length=200, required=False, allow_blank=True)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    roles = serializers.ListField(
        child=Code(CreditRole), required=False,
        help_text="Roles of CRediT (ANSI/NISO Z39.104-2022): the ends of their addresses at credit.niso.org/contributor-roles/.",
    )  # fmt: skip
    orcid = serializers.CharField(
        max_length=100,
        required=False,
        allow_blank=True,
        help_text="ORCID iD, bare or as its address; kept bare.",
    )


class RuleShape(serializers.Serializer):
    """Which accepted notes an edition takes in; an empty list takes all."""

    categories = serializers.ListField(child=Code(Category), required=False)
    tags = serializers.ListField(
        child=serializers.CharField(max_length=16), required=False, help_text="Public ids of terms."
    )
    languages = serializers.ListField(child=serializers.CharField(max_length=20), required=False)
    places = serializers.ListField(
        child=Code(("text", "region", "time")), required=False,
        help_text="What the notes are on: the text, parts of pictures and seconds of films that stand in it.",
    )  # fmt: skip
    authors = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=2_000,
        help_text="Keys of authors, as releases name them: their notes, and those of members of the groups.",
    )  # fmt: skip
    groups = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=100,
        help_text="Public ids of groups: the notes of who is of them when the release is sealed.",
    )  # fmt: skip
    order = Code(NoteOrder, required=False, help_text="What numbers the notes; equal ones follow by place.")
    only_picked = serializers.BooleanField(
        required=False, help_text="Whether it takes in nothing by itself: only notes that are picked by hand."
    )


class ReleasedPartShape(serializers.Serializer):
    """One of several texts whose words are in a release."""

    text = serializers.CharField()
    revision = serializers.IntegerField()


class ReleaseShape(serializers.Serializer):
    """A numbered release that never changes."""

    id = serializers.CharField()
    edition = serializers.CharField()
    number = serializers.IntegerField()
    title_ar = serializers.CharField()
    title_en = serializers.CharField()
    text = serializers.CharField()
    revision = serializers.IntegerField(help_text="Number of the pinned revision.")
    parts = ReleasedPartShape(
        many=True, help_text="All texts that it pins, when there are several; `text` is the first of them."
    )
    notes = serializers.IntegerField(help_text="How many notes it has.")
    manifest_hash = serializers.CharField(help_text="SHA-256 of its snapshot: its name for ever.")
    status = Code(STATUSES)
    sealed = serializers.DateTimeField()
    published = serializers.DateTimeField(allow_null=True)
    withdrawn = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(help_text="Why it was withdrawn.")


class PlanShape(serializers.Serializer):
    """What the next release is to be."""

    title_ar = serializers.CharField()
    title_en = serializers.CharField()
    introduction_ar = serializers.CharField()
    introduction_en = serializers.CharField()
    change_note_ar = serializers.CharField()
    change_note_en = serializers.CharField()
    credits = CreditShape(many=True)
    license_uri = serializers.CharField()
    cover = serializers.CharField(help_text="Public id of the image that stands for it; empty for none.")
    rule = RuleShape()
    excluded = serializers.ListField(child=serializers.CharField(), help_text="Notes taken out by hand.")
    picked = serializers.ListField(
        child=serializers.CharField(),
        help_text="Notes taken in by hand: on its text though the rule leaves them out, and on other pictures and films.",
    )
    required_approvals = serializers.IntegerField()
    independent_review = serializers.BooleanField(
        help_text="Whether reviewers are told what others decided only after their own decision."
    )
    parts = serializers.ListField(child=serializers.CharField(), help_text=PARTS)


class EditionShape(serializers.Serializer):
    """An edition: its releases for all who may read them, its plan for editors."""

    id = serializers.CharField()
    slug = serializers.CharField()
    work = serializers.CharField()
    text = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Of the plan; for editors.")
    plan = PlanShape(allow_null=True)
    releases = ReleaseShape(many=True)


class EditionFields(serializers.Serializer):
    """What may be said of a plan; what a change leaves out stays."""

    slug = serializers.SlugField(max_length=120, required=False, allow_blank=True)
    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    introduction_ar = words(max_length=50_000)
    introduction_en = words(max_length=50_000)
    change_note_ar = words(max_length=50_000)
    change_note_en = words(max_length=50_000)
    credits = CreditShape(many=True, required=False)
    license_uri = serializers.URLField(required=False, allow_blank=True)
    cover = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Public id of an image; empty for none."
    )
    rule = RuleShape(required=False)
    required_approvals = serializers.IntegerField(required=False, min_value=1, max_value=3)
    independent_review = serializers.BooleanField(required=False)
    parts = serializers.ListField(
        child=serializers.CharField(max_length=16), required=False, max_length=MAX_PARTS, help_text=PARTS
    )


class NewEditionInput(EditionFields):
    """A new edition of a text."""

    text = Ref(Text)


class ChooseInput(serializers.Serializer):
    """Notes to take out of the plan by hand, or to let in again."""

    notes = serializers.ListField(child=serializers.CharField(max_length=16), max_length=1000)
    out = serializers.BooleanField()


class PickInput(serializers.Serializer):
    """Notes to take into the plan by hand, or to leave to its rule again."""

    notes = serializers.ListField(child=serializers.CharField(max_length=16), max_length=1000)
    picked = serializers.BooleanField()


class FindingShape(serializers.Serializer):
    """Something that stops a release, or that its editor should know."""

    code = serializers.CharField()
    severity = Code(("stops", "warns"))
    kind = serializers.CharField(help_text="What it is about: edition, work, note, image, figure…")
    id = serializers.CharField()
    params = serializers.DictField()


class PreflightShape(serializers.Serializer):
    """Whether a release can be sealed now."""

    ready = serializers.BooleanField()
    notes = serializers.IntegerField(help_text="How many notes the release would have.")
    findings = FindingShape(many=True)


class PublishInput(serializers.Serializer):
    """From when on the release is public; now when not said."""

    at = Moment(required=False, allow_null=True)


class WithdrawInput(serializers.Serializer):
    """Why; everyone may read it."""

    reason = serializers.CharField(max_length=5_000)


class TombstoneShape(serializers.Serializer):
    """What is left of a withdrawn release."""

    code = Code(("withdrawn",))
    detail = serializers.CharField()
    reason = serializers.CharField()
    withdrawn = serializers.DateTimeField()


def learn_titles(releases: Iterable[Release]) -> None:
    """Read the titles and counts of these releases in one query, once a process."""
    missing = [release.pk for release in releases if release.manifest_hash not in _titles]
    if not missing:
        return
    rows = Release.objects.filter(pk__in=missing).values_list("manifest_hash", "snapshot")
    for digest, snapshot in rows:
        value = json.loads(snapshot)
        pinned = [{"text": one["id"], "revision": one["revision"]} for one in value.get("parts", ())]
        _titles[digest] = {**value["title"], "notes": len(value["notes"]), "parts": pinned}


def release_json(release: Any) -> dict[str, Any]:
    """Return a row of `releases()` with its revision and the text of that; titles were learned."""
    facts = _titles[release.manifest_hash]
    return {
        "id": release.public_id, "edition": release.edition.public_id, "number": release.number,
        "title_ar": facts.get("ar", ""), "title_en": facts.get("en", ""),
        "text": release.revision.text.public_id, "revision": release.revision.number, "parts": facts["parts"],
        "notes": facts["notes"],
        "manifest_hash": release.manifest_hash, "status": status_of(release, timezone.now()),
        "sealed": release.sealed_at, "published": release.published_at, "withdrawn": release.withdrawn_at,
        "reason": release.withdrawal_reason or "",
    }  # fmt: skip


#: What a rule names.
RULE = ("categories", "tags", "languages", "places", "authors", "groups")


def plan_json(edition: Edition) -> dict[str, Any]:
    """Return the plan of an edition, for editors."""
    named = [f"{name}_{code}" for name in ("title", "introduction", "change_note") for code in ("ar", "en")]
    return {name: getattr(edition, name) or "" for name in named} | {
        "credits": edition.credits, "license_uri": edition.license_uri,
        "cover": edition.cover.public_id if edition.cover else "",
        "rule": {name: edition.rule.get(name, []) for name in RULE}
        | {
            "order": edition.rule.get("order", NoteOrder.PLACE.value),
            "only_picked": edition.rule.get("only_picked", False),
        },
        "excluded": sorted(note.public_id for note in edition.excluded.all()),
        "picked": sorted(note.public_id for note in edition.picked.all()),
        "required_approvals": edition.required_approvals, "independent_review": edition.independent_review,
        "parts": [edition.text.public_id, *(part.text.public_id for part in edition.parts.all())],
    }  # fmt: skip
