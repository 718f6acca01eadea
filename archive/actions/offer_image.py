"""Offer a picture for an edition: a draft in the catalogue, by somebody who does not keep the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from archive.access import allows, require_may
from archive.actions.add_image import insert_image
from archive.actions.notify import notify
from archive.actions.receive_file import receive_file
from archive.enums import Access, RoleCode
from archive.errors import Invalid
from archive.media import limits
from archive.models import Collection, Image, User
from archive.presenters.rights import RIGHTS

#: What may be said of it, and what of this must be said, in one language at least.
WORDS = ("title", "alternative", "rights_holder")
NEEDED = ("title", "alternative")


def offer_image(
    *,
    source: Iterable[bytes],
    filename: str,
    words: dict[str, str],
    rights_uri: str,
    collection: Collection | None,
    by: User,
) -> Image:
    """Keep the bytes and insert an image of them that nobody but those who keep the archive sees until an archivist opens it.

    `words` are titles, alternatives and holders of rights ("title_ar", …). Raises NotAllowed, StorageFull,
    Conflict("image_here"), Invalid("offer_words_missing", "offer_rights_missing", "too_large", "svg_refused", "not_an_image").
    """
    require_may(by, "offer", Image)
    known = {
        f"{name}_{language}": words.get(f"{name}_{language}", "")
        for name in WORDS
        for language in ("ar", "en")
    }
    for name in NEEDED:
        if not any(known[f"{name}_{language}"].strip() for language in ("ar", "en")):
            raise Invalid("offer_words_missing", field=name)
    if rights_uri not in RIGHTS:
        raise Invalid("offer_rights_missing", field="rights_uri")
    values: dict[str, Any] = {
        **known,
        "rights_uri": rights_uri,
        "access": Access.DRAFT,
        "collection": collection,
    }
    # Bytes are kept before the transaction of the row begins, as of every file that arrives.
    arrival = receive_file(source=source, filename=filename, max_bytes=limits.IMAGE_BYTES, by=by, check=False)
    with transaction.atomic():
        image = insert_image(arrival=arrival, values=values, key="", unless_here=True, by=by)
        _tell_archivists(image, by)
        return image


def _tell_archivists(image: Image, by: User) -> None:
    """Leave a notice for each who may open it: until one of them does, no release can show it."""
    people = User.objects.filter(is_active=True, roles__code=RoleCode.ARCHIVIST).exclude(pk=by.pk)
    for person in people.order_by("pk").distinct():
        if allows(person, "change", image):
            with override(person.language):
                url = reverse("desk_image", args=[image.public_id])
            notify("image_offered", user=person, url=url, image=image.public_id)
