"""What annotations does when the archive announces something: queue work, nothing else."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from annotations.actions.bring_in_notes import promise_notes
from annotations.actions.promise_carry_over import promise_carry_over, promise_preview
from archive import signals


@receiver(signals.revision_accepted)
def carry_notes(sender: Any, revision: Any, by: Any, **kwargs: Any) -> None:
    """Promise that the notes of the earlier wording follow."""
    promise_carry_over(revision_id=revision.pk, by=by)


@receiver(signals.revision_accepted)
def bring_in_footnotes(sender: Any, revision: Any, by: Any, **kwargs: Any) -> None:
    """Promise that the footnotes of an imported text become notes."""
    promise_notes(revision_id=revision.pk, by=by)


@receiver(signals.revision_drafted)
def preview_carrying(sender: Any, draft: Any, by: Any, **kwargs: Any) -> None:
    """Promise to tell what accepting the draft would do to the notes."""
    promise_preview(draft_id=draft.pk, by=by)
