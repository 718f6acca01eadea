"""Takes uploads to the disk with a limit; a full disk or an endless file is told to the view, not a crash."""

from __future__ import annotations

import errno
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from archive.errors import HashiyaError, Invalid, StorageFull
from archive.media.limits import ANY_BYTES

_FULL = (errno.ENOSPC, errno.EDQUOT)


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """A temporary file for each upload; what cannot be taken is skipped and noted on the request."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the temporary file."""
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._refuse(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one chunk, unless the file has become too large or the disk is full."""
        if start + len(raw_data) > ANY_BYTES:
            self._note("too_large")
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._refuse(error)

    def _refuse(self, error: OSError) -> None:
        if error.errno not in _FULL:
            raise error
        self._note("storage_full")

    def _note(self, code: str) -> None:
        assert self.request is not None
        self.request.upload_error = code  # type: ignore[attr-defined]
        raise SkipFile


def upload_error(request: HttpRequest) -> str:
    """Return the code of what stopped an upload of this request, "" when nothing did."""
    return str(getattr(request, "upload_error", ""))


def upload_refusal(request: HttpRequest, *, limit: int) -> HashiyaError | None:
    """Return the same as the error that it is, None when nothing stopped it."""
    code = upload_error(request)
    if not code:
        return None
    return StorageFull(code) if code == "storage_full" else Invalid(code, limit=limit)
