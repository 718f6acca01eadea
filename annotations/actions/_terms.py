"""What the actions on terms share: checking an entry, its names, its address."""

from __future__ import annotations

from django.db.models import Q

from annotations.models import Term, TermName
from annotations.values import TermInput
from archive.access import visible_to
from archive.errors import Invalid
from archive.models import User
from archive.models.base import new_public_id
from archive.presenters.slugs import slug_of
from archive.text.edtf import is_edtf
from archive.text.edtf_bounds import bounds
from archive.text.folding import fold_key

MAX_NAMES = 60
MAX_LABEL = 200
MAX_DESCRIPTION = 5_000
#: Authority files that a term is linked to, and letters of their names.
MAX_AUTHORITIES, MAX_SCHEME = 20, 40


def fill(term: Term, given: TermInput, *, by: User) -> None:
    """Put what was given into the row, unsaved.

    Raises Invalid with the field that is wrong.
    """
    _check(given)
    term.kind = given.kind
    term.label_ar, term.label_en = given.label_ar.strip(), given.label_en.strip()
    term.description_ar, term.description_en = given.description_ar.strip(), given.description_en.strip()
    term.broader = _broader(term, given.broader, by)
    term.authority = {name: value.strip() for name, value in given.authority.items() if value.strip()}
    term.latitude, term.longitude = given.latitude, given.longitude
    term.date_edtf = given.date_edtf.strip()
    term.date_start, term.date_end = bounds(term.date_edtf)


def _check(given: TermInput) -> None:
    if not (given.label_ar.strip() or given.label_en.strip()):
        raise Invalid("label_required", field="label_ar")
    for name in ("label_ar", "label_en"):
        if len(getattr(given, name)) > MAX_LABEL:
            raise Invalid("too_long", field=name, limit_length=MAX_LABEL)
    for name in ("description_ar", "description_en"):
        if len(getattr(given, name)) > MAX_DESCRIPTION:
            raise Invalid("too_long", field=name, limit_length=MAX_DESCRIPTION)
    if len(given.names) > MAX_NAMES or any(len(name.name) > MAX_LABEL for name in given.names):
        raise Invalid("too_many", field="names", limit_count=MAX_NAMES)
    if len(given.authority) > MAX_AUTHORITIES:
        raise Invalid("too_many", field="authority", limit_count=MAX_AUTHORITIES)
    if any(len(name) > MAX_SCHEME or len(value) > MAX_LABEL for name, value in given.authority.items()):
        raise Invalid("too_long", field="authority", limit_length=MAX_LABEL)
    if (given.latitude is None) != (given.longitude is None):
        raise Invalid("coordinates_both", field="latitude")
    if given.latitude is not None and not -90 <= given.latitude <= 90:
        raise Invalid("coordinates_range", field="latitude")
    if given.longitude is not None and not -180 <= given.longitude <= 180:
        raise Invalid("coordinates_range", field="longitude")
    if given.date_edtf.strip() and not is_edtf(given.date_edtf.strip()):
        raise Invalid("bad_date", field="date_edtf")


def _broader(term: Term, public_id: str, by: User) -> Term | None:
    """Return the broader term; never one that stands below this one.

    Raises Invalid.
    """
    if not public_id:
        return None
    found = visible_to(Term, by).filter(public_id=public_id, merged_into=None).first()
    if found is None:
        raise Invalid("term_unknown", field="broader")
    above: Term | None = found
    for _step in range(50):
        if above is None:
            return found
        if above.pk == term.pk:
            raise Invalid("broader_circle", field="broader")
        above = above.broader
    raise Invalid("broader_circle", field="broader")


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
    rows = {(language, name): True for language, name in labels if name}
    for name in given.names:
        words = name.name.strip()
        if words:
            rows.setdefault((name.language.strip()[:20] or "ar", words), False)
    TermName.objects.filter(term=term).delete()
    TermName.objects.bulk_create(
        [
            TermName(
                term=term, language=language, name=words, folded=fold_key(words)[:200], is_label=is_label
            )
            for (language, words), is_label in rows.items()
        ]
    )
