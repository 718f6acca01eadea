"""What the actions on editions share: filling the plan in, and getting hold of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import F

from annotations.citing.identifiers import orcid_digits, orcid_of
from annotations.editions.given import EditionInput
from annotations.editions.values import Words
from annotations.enums import Category, CreditRole, LocusKind, NoteOrder
from annotations.models import Edition, Term
from archive.access import require, visible_to
from archive.errors import Invalid, NotVisible, Stale, VersionMissing
from archive.models import Group, Image, User

MAX_TITLE = 300
MAX_WORDS = 50_000
MAX_CREDITS = 100
MAX_NAME = 200
#: Authors that a rule names.
MAX_PEOPLE = 2_000
#: Kinds of place that a rule can name.
PLACES = {LocusKind.TEXT.value, LocusKind.REGION.value, LocusKind.TIME.value}
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\Z")
#: A key of an author, whether or not anybody of it has written here yet.
_KEY = re.compile(r"[a-z0-9]{1,40}\Z")
_CREDIT_KEYS = ("name", "name_ar", "name_en", "role")


def fill(edition: Edition, plan: EditionInput, *, by: User) -> None:
    """Put the plan's words and rule on the row.

    Raises Invalid with the field that is wrong.
    """
    if not any(value.strip() for value in plan.title.values()):
        raise Invalid("required", field="title")
    if plan.slug and not (_SLUG.match(plan.slug) and len(plan.slug) <= 120):
        raise Invalid("bad_slug", field="slug")
    _words(edition, "title", plan.title, MAX_TITLE)
    _words(edition, "introduction", plan.introduction, MAX_WORDS)
    _words(edition, "change_note", plan.change_note, MAX_WORDS)
    if plan.license_uri and not re.match(r"https?://\S+\Z", plan.license_uri):
        raise Invalid("bad_license", field="license_uri")
    if not 1 <= plan.required_approvals <= 3:
        raise Invalid("bad_approvals", field="required_approvals")
    edition.license_uri = plan.license_uri
    edition.required_approvals = plan.required_approvals
    edition.independent_review = plan.independent_review
    edition.credits = _credits(plan)
    edition.rule = _rule(plan, by) | _people(plan, edition, by) | _order(plan) | _only_picked(plan)
    edition.cover = _cover(plan, edition, by)


def _words(edition: Edition, field: str, words: Words, longest: int) -> None:
    for language in ("ar", "en"):
        value = str(words.get(language, "")).strip()
        if len(value) > longest:
            raise Invalid("too_long", field=f"{field}_{language}", limit_length=longest)
        setattr(edition, f"{field}_{language}", value)


def _credits(plan: EditionInput) -> list[dict[str, Any]]:
    found = []
    for credit in plan.credits:
        values = {key: str(credit.get(key, "")).strip()[:MAX_NAME] for key in _CREDIT_KEYS}
        values["name"] = values["name"] or values["name_ar"] or values["name_en"]
        if values["name"]:
            words = {key: value for key, value in values.items() if value or key in ("name", "role")}
            found.append(words | _deeds(credit))
    if len(found) > MAX_CREDITS:
        raise Invalid("too_many", field="credits", limit_count=MAX_CREDITS)
    return found


def _deeds(credit: Mapping[str, Any]) -> dict[str, Any]:
    """Return roles of CRediT and the ORCID iD, only where there are some: lines without them are kept as they ever were."""
    given = {str(role) for role in credit.get("roles") or ()}
    if not given <= {role.value for role in CreditRole}:
        raise Invalid("unknown_credit_role", field="credits")
    typed = str(credit.get("orcid") or "").strip()
    orcid = orcid_of(typed)
    if typed and orcid is None:
        raise Invalid("orcid_check" if orcid_digits(typed) else "orcid_form", field="credits")
    roles = [role.value for role in CreditRole if role.value in given]
    return ({"roles": roles} if roles else {}) | ({"orcid": orcid} if orcid else {})


def _rule(plan: EditionInput, by: User) -> dict[str, Any]:
    categories = sorted({str(c) for c in plan.rule.get("categories", ())})
    languages = sorted({str(c) for c in plan.rule.get("languages", ())})
    tags = sorted({str(c) for c in plan.rule.get("tags", ())})
    if not set(categories) <= {c.value for c in Category}:
        raise Invalid("unknown_category", field="rule")
    if not all(_LANGUAGE.match(language) for language in languages):
        raise Invalid("unknown_language", field="rule")
    if visible_to(Term, by).filter(public_id__in=tags).count() != len(tags):
        raise Invalid("unknown_term", field="rule")
    places = sorted({str(c) for c in plan.rule.get("places", ())})
    if not set(places) <= PLACES:
        raise Invalid("unknown_place", field="rule")
    rule = {"categories": categories, "tags": tags, "languages": languages}
    return {**rule, "places": places} if places else rule


def _people(plan: EditionInput, edition: Edition, by: User) -> dict[str, list[str]]:
    """Return whose notes the rule names; of groups, those that `by` sees and those that it named before."""
    authors, groups = (sorted({str(c) for c in plan.rule.get(name, ())}) for name in ("authors", "groups"))
    if len(authors) > MAX_PEOPLE or not all(map(_KEY.match, authors)):
        raise Invalid("unknown_author", field="rule")
    new = set(groups) - set((edition.rule or {}).get("groups", ()))
    if visible_to(Group, by).filter(public_id__in=new).count() != len(new):
        raise Invalid("unknown_group", field="rule")
    return {name: keys for name, keys in (("authors", authors), ("groups", groups)) if keys}


def _order(plan: EditionInput) -> dict[str, str]:
    """Return what numbers the notes, only where it is not their place: rules without it are kept as they ever were."""
    order = str(plan.rule.get("order") or NoteOrder.PLACE)
    if order not in set(NoteOrder):
        raise Invalid("unknown_order", field="order")
    return {} if order == NoteOrder.PLACE else {"order": order}


def _only_picked(plan: EditionInput) -> dict[str, bool]:
    """Return that the rule takes in nothing by itself; what else it names is kept for when it does again."""
    return {"only_picked": True} if plan.rule.get("only_picked") is True else {}


def _cover(plan: EditionInput, edition: Edition, by: User) -> Image | None:
    """Return the cover: a picture that `by` sees, or the one that it was before."""
    before = edition.cover
    if not plan.cover or (before is not None and plan.cover == before.public_id):
        return before if plan.cover else None
    found: Image | None = visible_to(Image, by).filter(public_id=plan.cover).first()
    if found is None:
        raise Invalid("cover_no_picture", field="cover")
    return found


def locked_edition(public_id: str, *, act: str, version: int | None, by: User | None) -> Edition:
    """Return the edition, locked and at the version that was read; `by` None is the system itself.

    Raises NotVisible, NotAllowed, VersionMissing, Stale.
    """
    row = Edition.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    if by is not None:
        require(by, act, row)
        if version is None:
            raise VersionMissing("version_missing")
    if version is not None and row.version != version:
        raise Stale("stale", current=row.version)
    return row


def save(edition: Edition) -> None:
    """Write the row as its next version."""
    edition.version = F("version") + 1
    edition.save()
    edition.refresh_from_db(fields=["version"])
