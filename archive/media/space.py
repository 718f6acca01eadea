"""Whether something failed because the disk is full, whoever noticed it first."""

from __future__ import annotations

import errno
import shutil
import sqlite3

from django.conf import settings

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: PostgreSQL's "disk full".
_SQLSTATE = "53100"
#: With less than this left, SQLite cannot even grow the files that reading needs, and calls it an input/output error.
_LEAST = 64 * 1024


def is_full(error: BaseException | None) -> bool:
    """Whether the error, or one that led to it, says that no bytes could be written any more."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if _says_full(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FULL
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # The rest says which kind of it.
        return code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_space())
    return getattr(error, "sqlstate", None) == _SQLSTATE


def _no_space() -> bool:
    return shutil.disk_usage(settings.STATE_ROOT).free < _LEAST
