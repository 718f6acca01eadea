"""The hash-chained record of who did what."""

from django.db import models

from archive.models.base import InsertOnlyModel


class AuditEvent(InsertOnlyModel):
    """One act. No foreign keys, so that it outlives everything; no personal details, which stand in `AuditDetail`."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    #: Number of the acting account; None for the system.
    actor_id = models.BigIntegerField(null=True)
    #: Dotted verb: "annotation.decided".
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    #: Facts of the act: hashes, numbers, states; never names or addresses of people.
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The one row that says where the chain ends; locking it orders the writers."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_single")]

    def __str__(self) -> str:
        return f"{self.sequence}"


class AuditDetail(models.Model):
    """Words that belong to an act and may name people (reasons, messages); can be erased without breaking the chain."""

    #: `AuditEvent.sequence`.
    sequence = models.PositiveBigIntegerField(unique=True)
    words = models.TextField()

    def __str__(self) -> str:
        return f"{self.sequence}"
