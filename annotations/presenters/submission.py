"""A submission as JSON."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from annotations.models import Submission


def submission_json(submission: Submission) -> dict[str, Any]:
    """Return a submission as its author is answered."""
    return {
        "id": submission.public_id,
        "url": f"{reverse('my_notes')}?submission={submission.public_id}",
        "message": submission.message,
        "versions": list(submission.items.values_list("version__public_id", flat=True)),
        "created": submission.created_at.isoformat(),
    }
