"""What the archive does when it hears a signal: queue work, nothing else."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from archive import signals
from archive.actions.align_texts import promise_alignments


@receiver(signals.revision_accepted)
def pair_again(sender: Any, revision: Any, by: Any, **kwargs: Any) -> None:
    """Promise that the pairs of a text with its translations follow it to its new wording."""
    promise_alignments(revision.text_id, by=by)
