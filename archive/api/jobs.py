"""Background work: how far it is."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

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
    message = serializers.JSONField(help_text="What it does, or why it failed: a code and its facts.")
    result = serializers.SerializerMethodField()
    created = serializers.DateTimeField(source="created_at")
    finished = serializers.DateTimeField(source="finished_at", allow_null=True)

    def get_result(self, job: Job) -> dict[str, Any] | None:
        """Return what was made, once it is done."""
        return job.result if job.state == JobState.DONE else None


@extend_schema_view(
    list=extend_schema(summary="List one's jobs", responses={200: JobShape(many=True)} | LISTING),
    retrieve=extend_schema(summary="See how far a job is", responses={200: JobShape} | READING),
)
class Jobs(Resource):
    """Jobs that the asker caused."""

    model = Job
    queryset = Job.objects.none()
    serializer_class = JobShape

    def list(self, request: Request) -> Response:
        """List jobs, the newest first."""
        return self.page_of(self.get_queryset())

    def retrieve(self, request: Request, public_id: str) -> Response:
        """See how far one job is."""
        return Response(self.shown(self.found()))
