"""A picture that is sent in with the plan of an edition, to be its cover."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations.forms.editions import EditionForm
from archive.actions.add_image import IMAGE_HERE
from archive.errors import HashiyaError
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import Work
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
        image = receive_image(request, file, key="", values={"collection": work.collection})
    except HashiyaError as error:
        form.add_error(FIELD, sentence(error.code, error.params))
        if error.code == IMAGE_HERE:
            form.choose_cover(error.params["image"])
            form.errors[FIELD] = form.error_class(
                [_("This picture is in the archive already and is chosen above. Save to use it.")]
            )
        return False
    form.choose_cover(image.public_id)
    return True
