"""Promises of background work."""

from django.db import models

from archive.enums import JobState
from archive.models.base import PublicIdModel


class Job(PublicIdModel):
    """Work that a change needs done, written in the change's own transaction; the broker is only a nudge."""

    #: Names a handler in `archive.kinds`.
    kind = models.CharField(max_length=40)
    #: Ids only; the handler reads the rest and checks access again.
    payload = models.JSONField(default=dict)
    #: Two queued jobs with the same key are one promise; empty: no such rule.
    dedupe_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in JobState], default=JobState.QUEUED
    )
    #: Percent.
    progress = models.PositiveSmallIntegerField(default=0)
    #: What it is doing, or why it failed: a code and parameters, worded by pages.
    message = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["state", "created_at"],
                name="job_unfinished",
                condition=models.Q(state__in=["queued", "running"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe_key"], name="job_queued_once",
                condition=models.Q(state="queued") & ~models.Q(dedupe_key=""),
            ),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="job_progress_percent"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
