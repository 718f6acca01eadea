"""Background work: how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from archive.access.told_jobs import told_jobs
from archive.api.base import Resource
from archive.api.schema import LISTING, READING
from archive.api.shapes import Code, Shape
from archive.enums import JobState
from archive.models import Job


class JobShape(Shape):
    """A promise of background work."""

    id = serializers.CharField(source="public_id")
    kind = serializers.CharField()
    state = Code(JobState)
    progress = serializers.IntegerField(help_text="Percent.")
    message = serializers.SerializerMethodField(
        help_text="What it does, or why it failed: a code and its facts."
    )
    result = serializers.SerializerMethodField()
    created = serializers.DateTimeField(source="created_at")
    finished = serializers.DateTimeField(source="finished_at", allow_null=True)

    def get_message(self, job: Job) -> dict[str, Any]:
        """Return what it does, for those who may see what it is about."""
        return job.message if self._is_told(job) else {}

    def get_result(self, job: Job) -> dict[str, Any] | None:
        """Return what was made, once it is done, for those who may see what it is about."""
        return job.result if job.state == JobState.DONE and self._is_told(job) else None

    def _is_told(self, job: Job) -> bool:
        """Whether the asker sees what it is about; as a part of that very thing's answer they do."""
        return "told" not in self.context or job.pk in self.context["told"]


@extend_schema_view(
    list=extend_schema(summary="List one's jobs", responses={200: JobShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="See how far a job is", responses={200: JobShape} | READING),
)
class Jobs(Resource):
    """Jobs that the asker caused."""

    model = Job
    queryset = Job.objects.none()
    serializer_class = JobShape

    def _described(self, jobs: Sequence[Job]) -> list[Any]:
        context = {**self.get_serializer_context(), "told": told_jobs(self.viewer, jobs)}
        return list(JobShape(jobs, many=True, context=context).data)

    def list(self, request: Request) -> Response:
        """List jobs, the newest first; what a job made is told as long as one may see what it is about."""
        jobs = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(self._described(jobs))

    def retrieve(self, request: Request, public_id: str) -> Response:
        """See how far one job is; what it made is told as long as one may see what it is about."""
        return Response(self._described([self.found()])[0])
