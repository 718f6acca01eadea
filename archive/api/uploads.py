"""What the API asks of every upload before its bytes are kept."""

from __future__ import annotations

from django.db.models import Model
from rest_framework.request import Request

from archive.access import Viewer, require_may
from archive.errors import Invalid
from archive.media.upload import upload_refusal
from archive.models import FileArrival


def require_sender(viewer: Viewer, model: type[Model]) -> None:
    """Stop those who may not send in files, before anything is said about the file.

    Raises NotAllowed.
    """
    require_may(viewer, "add", FileArrival)
    require_may(viewer, "add", model)


def check_upload(request: Request, *, limit: int) -> None:
    """Refuse an upload that stopped on its way in, and one that is too large or empty.

    Raises StorageFull, Invalid.
    """
    size = getattr(request.data.get("file"), "size", None)
    stopped = upload_refusal(request._request, limit=limit)
    if stopped is not None:
        raise stopped
    if size is not None and size > limit:
        raise Invalid("too_large", field="file", limit=limit)
    if size == 0:
        raise Invalid("empty_file", field="file")
