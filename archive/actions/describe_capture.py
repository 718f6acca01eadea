"""Say of a capture how it was made and who may see it; what was captured never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.add_capture import set_capture_values
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.enums import CaptureKind
from archive.errors import Stale
from archive.models import Capture, User


@transaction.atomic
def describe_capture(*, capture_id: int, version: int | None, values: Mapping[str, Any], by: User) -> Capture:
    """Change what is said of a capture as it was at `version`; the record keeps what was said before.

    The moment of an address is its own and stays. Raises Stale with the current version, Invalid, NotAllowed,
    NotVisible.
    """
    capture = Capture.objects.select_for_update(no_key=True).get(pk=capture_id)
    require(by, "change", capture)
    if version is not None and version != capture.version:
        raise Stale("stale", current=capture.version, yours=version)
    values = dict(values)
    if capture.kind == CaptureKind.ADDRESS:
        values.pop("captured_at", None)
    before = {name: getattr(capture, name) for name in values if name != "groups"}
    groups = set_capture_values(capture, values)
    changed = sorted(name for name, value in before.items() if getattr(capture, name) != value)
    if "groups" in values and set(capture.groups.all()) != set(groups):
        changed.append("groups")
        capture.groups.set(groups)
    if not changed:
        return capture
    capture.version = F("version") + 1
    capture.save()
    capture.refresh_from_db(fields=["version"])
    bump_epoch()
    said = {name: str(before[name] or "") for name in changed if name != "groups"}
    record_event(
        "capture.described", target=capture, by=by, words=json.dumps(said, ensure_ascii=False) if said else "",
        fields=changed, access=capture.access,
    )  # fmt: skip
    return capture
