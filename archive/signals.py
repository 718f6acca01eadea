"""What the archive announces, inside the transaction of the change; receivers only queue work."""

from django.dispatch import Signal

#: A text has a new current revision. Sent with `revision` (TextRevision) and `by` (User or None).
revision_accepted = Signal()
#: A correction or re-import is being drafted and wants to know its consequences. Sent with `draft` and `by`.
revision_drafted = Signal()
#: What the public may see has changed.
public_changed = Signal()
