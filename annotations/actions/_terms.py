"""What the actions on terms share: checking an entry, its names, its address."""

from __future__ import annotations

import re

from django.db.models import Q

from annotations.authorities import RELATIONS, SCHEMES, identifier, is_identifier
from annotations.enums import NameForm
from annotations.models import Term, TermName
from annotations.values import TermInput, is_language
from archive.access import visible_to
from archive.errors import Invalid
from archive.models import User
from archive.models.base import new_public_id
from archive.presenters.slugs import slug_of
from archive.text.edtf import is_edtf
from archive.text.edtf_bounds import bounds
from archive.text.folding import fold_key

#: Terms above each other, in all.
DEEPEST = 12
MAX_NAMES = 60
MAX_LABEL = 200
MAX_DESCRIPTION = 5_000
#: Authority files that a term is linked to, and letters of their names.
MAX_AUTHORITIES, MAX_SCHEME = 20, 40
MAX_NOTATION = 60
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def fill(term: Term, given: TermInput, *, by: User) -> None:
    """Put what was given into the row, unsaved.

    Raises Invalid with the field that is wrong.
    """
    check_input(given)
    term.kind = given.kind
    term.label_ar, term.label_en = given.label_ar.strip(), given.label_en.strip()
    term.description_ar, term.description_en = given.description_ar.strip(), given.description_en.strip()
    term.broader = broader_of(term, given.broader, by)
    term.authority = {
        name: identifier(name, value) for name, value in given.authority.items() if value.strip()
    }
    term.latitude, term.longitude = given.latitude, given.longitude
    term.date_edtf = given.date_edtf.strip()
    term.scope_note_ar, term.scope_note_en = given.scope_note_ar.strip(), given.scope_note_en.strip()
    term.notation = given.notation.strip()
    term.matches = [{"relation": match.relation, "url": match.url.strip()} for match in given.matches]
    term.date_start, term.date_end = bounds(term.date_edtf)


def check_input(given: TermInput) -> None:
    """Refuse what no entry may say, whatever the vocabulary holds; raises Invalid with the field that is wrong."""
    if not (given.label_ar.strip() or given.label_en.strip()):
        raise Invalid("label_required", field="label_ar")
    _check_lengths(given)
    _check_names(given)
    _check_links(given)
    if (given.latitude is None) != (given.longitude is None):
        raise Invalid("coordinates_both", field="latitude")
    if given.latitude is not None and not -90 <= given.latitude <= 90:
        raise Invalid("coordinates_range", field="latitude")
    if given.longitude is not None and not -180 <= given.longitude <= 180:
        raise Invalid("coordinates_range", field="longitude")
    if given.date_edtf.strip() and not is_edtf(given.date_edtf.strip()):
        raise Invalid("bad_date", field="date_edtf")


_LONGEST = {"label": MAX_LABEL, "description": MAX_DESCRIPTION, "scope_note": MAX_DESCRIPTION}


def _check_lengths(given: TermInput) -> None:
    for name, longest in _LONGEST.items():
        for field in (f"{name}_ar", f"{name}_en"):
            if len(getattr(given, field)) > longest:
                raise Invalid("too_long", field=field, limit_length=longest)
            if "\x00" in getattr(given, field):
                raise Invalid("control_character", field=field)
    if len(given.notation.strip()) > MAX_NOTATION:
        raise Invalid("too_long", field="notation", limit_length=MAX_NOTATION)


def _check_names(given: TermInput) -> None:
    if len(given.names) > MAX_NAMES or any(len(name.name) > MAX_LABEL for name in given.names):
        raise Invalid("too_many", field="names", limit_count=MAX_NAMES)
    if any(not is_language(name.language) for name in given.names if name.language):
        raise Invalid("language_code", field="names")
    preferred = [name.language.lower() for name in given.names if name.form == NameForm.PREFERRED]
    labels = [code for code in ("ar", "en") if getattr(given, f"label_{code}").strip()]
    if len(preferred + labels) > len(set(preferred + labels)):
        raise Invalid("preferred_twice", field="names")


def _check_links(given: TermInput) -> None:
    if len(given.authority) > MAX_AUTHORITIES:
        raise Invalid("too_many", field="authority", limit_count=MAX_AUTHORITIES)
    for name, value in given.authority.items():
        if len(name) > MAX_SCHEME or len(value) > MAX_LABEL:
            raise Invalid("too_long", field="authority", limit_length=MAX_LABEL)
        if value.strip() and not is_identifier(name, identifier(name, value)):
            scheme = SCHEMES[name]
            raise Invalid(
                "bad_identifier", field=f"authority_{name}", authority=scheme.name, example=scheme.example
            )
    if len(given.matches) > MAX_AUTHORITIES:
        raise Invalid("too_many", field="matches", limit_count=MAX_AUTHORITIES)
    for match in given.matches:
        url = match.url.strip()
        if match.relation not in RELATIONS or len(url) > 500 or not _ADDRESS.fullmatch(url):
            raise Invalid("bad_match", field="matches")


def broader_of(term: Term, public_id: str, by: User) -> Term | None:
    """Return the broader term; never one that stands below this one.

    Raises Invalid.
    """
    if not public_id:
        return None
    found = visible_to(Term, by).filter(public_id=public_id, merged_into=None).first()
    if found is None:
        raise Invalid("term_unknown", field="broader")
    above: Term | None = found
    depth = 0
    while above is not None:
        if above.pk == term.pk:
            raise Invalid("broader_circle", field="broader")
        depth += 1
        if depth > DEEPEST:
            raise Invalid("branch_too_deep", field="broader", most=DEEPEST)
        above = above.broader
    if depth + _height(term) > DEEPEST:
        raise Invalid("branch_too_deep", field="broader", most=DEEPEST)
    return found


def _height(term: Term) -> int:
    """Return how many levels a branch has, itself among them, of a term that may be new."""
    level, height = ([term.pk] if term.pk else []), 1
    while level and height <= DEEPEST:
        level = list(Term.objects.filter(broader__in=level).values_list("pk", flat=True))
        height += bool(level)
    return height


def free_slug(given: TermInput, *, besides: int | None = None) -> str:
    """Return the address that was asked for or one made of a label, with a number when it is taken.

    Raises Invalid for an asked one that is taken or no address.
    """
    asked = given.slug.strip()
    base = slug_of(asked or given.label_en or given.label_ar, longest=100) or f"term-{new_public_id()[:6]}"
    if asked and base != asked:
        raise Invalid("bad_slug", field="slug")
    taken = set(
        Term.objects.filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).exclude(pk=besides)
        .values_list("slug", flat=True)
    )  # fmt: skip
    if base not in taken:
        return base
    if asked:
        raise Invalid("term_slug_taken", field="slug")
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)


def write_names(term: Term, given: TermInput) -> None:
    """Replace the names of a term; its labels are among them, so that one lookup finds all."""
    labels = [("ar", given.label_ar.strip()), ("en", given.label_en.strip())]
    rows = {(language, name): NameForm.PREFERRED for language, name in labels if name}
    label_rows = set(rows)
    for name in given.names:
        words = name.name.strip()
        if words:
            rows.setdefault((name.language.strip()[:20] or "ar", words), name.form)
    TermName.objects.filter(term=term).delete()
    TermName.objects.bulk_create(
        [
            TermName(
                term=term,
                language=language,
                name=words,
                folded=fold_key(words)[:200],
                form=form,
                is_label=(language, words) in label_rows,
            )
            for (language, words), form in rows.items()
        ]
    )
