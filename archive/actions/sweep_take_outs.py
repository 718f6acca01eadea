"""Delete the bytes of packages and printed receipts whose time is over, and what killed builds left."""

from __future__ import annotations

import time

from django.db.models.functions import Now

from archive import kinds
from archive.media import paths
from archive.models import PersonalExport, PrintedReceipt, TakeOut
from archive.models.kept_package import KeptPackage

#: Every kind of them.
KEPT: tuple[type[KeptPackage], ...] = (TakeOut, PersonalExport, PrintedReceipt)
#: Seconds after which an unfinished file belongs to no build that still runs (a job ends within half an hour).
ABANDONED = 24 * 3600


def sweep_take_outs() -> int:
    """Delete every file that no package may be fetched from any more; return how many."""
    if not paths.packages().is_dir():
        return 0
    kept = {
        public_id
        for model in KEPT
        for public_id in model._default_manager.filter(expires_at__gt=Now()).values_list(
            "public_id", flat=True
        )
    }
    kept.update(*(files() for files in kinds.kept_files))
    deleted = 0
    for path in paths.packages().iterdir():
        young = path.stat().st_mtime > time.time() - ABANDONED
        # One that was just finished has its name before its row says so.
        if path.name.split(".")[0] not in kept and not young:
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
