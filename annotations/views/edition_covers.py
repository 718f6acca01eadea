"""A picture that is sent in with the plan of an edition, to be its cover."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations.forms.covers import OFFERED
from annotations.forms.editions import EditionForm
from archive.actions.add_image import IMAGE_HERE
from archive.actions.offer_image import offer_image
from archive.errors import HashiyaError, Invalid
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import Image, Work
from archive.presenters.messages import sentence
from archive.views.media_desk import receive_image

FIELD = "cover_file"


def is_asked(request: HttpRequest) -> bool:
    """Whether pictures are looked for, and nothing is to be saved yet."""
    return request.POST.get("find") == "cover"


def received(request: Any, form: EditionForm, work: Work) -> bool:
    """Take the picture that came with a valid form, and make it the cover that is chosen in it.

    False: it is not to be saved yet. What is no picture is refused beside its field, and one that is here already is
    offered instead; all that was typed stays.
    """
    if FIELD not in form.fields:
        return True
    try:
        stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
        if stopped is not None:
            raise stopped
        file = form.cleaned_data[FIELD]
        if file is None:
            return True
        image = _received(request, form, file, work)
    except HashiyaError as error:
        field = f"{OFFERED}{error.params.get('field', '')}"
        field = next((name for name in form.fields if name in (field, f"{field}_ar")), FIELD)
        form.add_error(field, sentence(error.code, error.params))
        if field != FIELD:
            form.add_error(FIELD, _("Something else must be mended first. Then choose this file once more."))
        if error.code == IMAGE_HERE:
            form.choose_cover(error.params["image"])
            form.errors[FIELD] = form.error_class(
                [_("This picture is in the archive already and is chosen above. Save to use it.")]
            )
        return False
    form.choose_cover(image.public_id)
    return True


def _received(request: Any, form: EditionForm, file: UploadedFile, work: Work) -> Image:
    """Take the file in: as an archivist does, who describes it in the catalogue, or as what an editor offers and describes here."""
    if form.covers.can_describe:
        return receive_image(request, file, key="", values={"collection": work.collection})
    if not file.size:
        raise Invalid("empty_file")
    words = dict(form.offered)
    return offer_image(
        source=file.chunks(), filename=file.name or "", rights_uri=words.pop("rights_uri"), words=words,
        collection=work.collection, by=request.user,
    )  # fmt: skip
