"""Editions: composing, checking and sealing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.declarations import EDITOR
from annotations.actions.change_edition import change_edition, exclude_notes, pick_notes
from annotations.actions.compose_edition import compose_edition
from annotations.actions.seal import seal
from annotations.api.edition_shapes import (
    ChooseInput,
    EditionFields,
    EditionShape,
    NewEditionInput,
    PickInput,
    PreflightShape,
    ReleaseShape,
    learn_titles,
    plan_json,
    release_json,
)
from annotations.api.release_rows import release_rows
from annotations.editions.given import EditionInput
from annotations.editions.preflight import preflight, stops
from annotations.editions.reading import on_texts
from annotations.models import Annotation, Edition, EditionPart, Release
from annotations.presenters.told_plan import plan_for
from archive.access import require, visible_to
from archive.api.base import Resource, key_of, version_of
from archive.api.schema import CHANGING, IDEMPOTENCY_KEY, IF_MATCH, LISTING, MAKING, READING, text_parameter
from archive.models import Text, Work


class Editions(Resource):
    """Editions that the asker may see; the plan is editors' business."""

    model = Edition
    queryset = Edition.objects.none()
    serializer_class = EditionShape

    def rows(self) -> QuerySet[Edition]:
        """Return the editions with their releases, the newest first."""
        excluded = Prefetch("excluded", Annotation.objects.only("public_id"))
        releases = Prefetch("releases", release_rows(self.viewer).order_by("-number"))
        picked = Prefetch("picked", Annotation.objects.only("public_id"))
        parts = Prefetch("parts", EditionPart.objects.select_related("text"))
        rows = super().rows().select_related("work", "text", "cover")
        return rows.prefetch_related(excluded, picked, parts, releases)

    def shown(self, row: Edition) -> Any:
        """Return one edition."""
        return self.told([row])[0]

    def told(self, rows: Sequence[Edition]) -> list[dict[str, Any]]:
        """Return editions: of the plan, others than editors are told nothing, not even that it changed."""
        learn_titles([release for row in rows for release in row.releases.all()])
        edits = EDITOR.holds(self.viewer)
        return [
            {
                "id": row.public_id, "slug": row.slug, "work": row.work.public_id,
                "text": row.text.public_id if edits else _released_text(row),
                "version": row.version if edits else None, "plan": plan_json(row) if edits else None,
                "releases": [release_json(release) for release in row.releases.all()],
            }
            for row in rows
        ]  # fmt: skip

    def answer(self, row: Edition, status: int = 200) -> Response:
        """Return an edition; its ETag is for those who may change it."""
        answer = super().answer(row, status)
        if not EDITOR.holds(self.viewer):
            del answer.headers["ETag"]
        return answer

    @extend_schema(
        summary="List editions", responses={200: EditionShape(many=True)} | LISTING,
        parameters=[
            text_parameter("work", "Public id of a work."), text_parameter("text", "Public id of a text."),
            text_parameter("slug", "The address of its page."),
        ],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """List editions, the newest first."""
        rows, asked = self.get_queryset(), request.query_params
        if asked.get("work"):
            rows = rows.filter(work__in=visible_to(Work, self.viewer).filter(public_id=asked["work"]))
        if asked.get("text"):
            rows = rows.filter(self._takes(visible_to(Text, self.viewer).filter(public_id=asked["text"])))
        if asked.get("slug"):
            rows = rows.filter(slug=asked["slug"])
        page = self.paginate_queryset(rows)
        assert self.paginator is not None
        return self.paginator.get_paginated_response(self.told(page or []))

    def _takes(self, texts: QuerySet[Text]) -> Q:
        """Return the condition of editions of these texts: to editors by their plans, to others by their releases."""
        keys = texts.order_by().values("pk")
        if EDITOR.holds(self.viewer):
            further = EditionPart.objects.order_by().filter(text__in=keys).values("edition")
            return Q(text__in=keys) | Q(pk__in=further)
        released = visible_to(Release, self.viewer).filter(on_texts(keys))
        return Q(pk__in=released.order_by().values("edition"))

    @extend_schema(summary="Read an edition", responses={200: EditionShape} | READING)
    def retrieve(self, request: Request, public_id: str) -> Response:
        """Read one edition."""
        return self.answer(self.found())

    @extend_schema(
        summary="Begin an edition", parameters=[IDEMPOTENCY_KEY], request=NewEditionInput,
        responses={201: EditionShape} | MAKING,
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Plan an edition of a text."""
        given = self.checked(NewEditionInput)
        text = given.pop("text")
        row = compose_edition(text=text.public_id, plan=_plan(given), key=key_of(request), by=self.by)
        return self.answer(self.rows().get(pk=row.pk), status=201)

    @extend_schema(
        summary="Change an edition's plan", parameters=[IF_MATCH], request=EditionFields,
        responses={200: EditionShape} | CHANGING,
    )  # fmt: skip
    def partial_update(self, request: Request, public_id: str) -> Response:
        """Change the plan; sealed releases stay as they are."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        plan = _plan({**plan_json(row), **self.checked(EditionFields, partial=True)})
        change_edition(edition=public_id, version=version, plan=plan, by=self.by)
        return self.answer(self.found())

    @extend_schema(
        summary="Take notes out of an edition, or let them in", parameters=[IF_MATCH], request=ChooseInput,
        responses={200: EditionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, public_id: str) -> Response:
        """Take notes out of the plan by hand, or let them in again."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        exclude_notes(edition=public_id, version=version, by=self.by, **self.checked(ChooseInput))
        return self.answer(self.found())

    @extend_schema(
        summary="Take notes into an edition by hand, or leave them to its rule",
        parameters=[IF_MATCH], request=PickInput, responses={200: EditionShape} | CHANGING,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def pick(self, request: Request, public_id: str) -> Response:
        """Take notes that the rule leaves out, or that are on other pictures and films, into the plan by hand; or leave them to it."""
        version, row = version_of(request), self.found()
        require(self.viewer, "change", row)
        pick_notes(edition=public_id, version=version, by=self.by, **self.checked(PickInput))
        return self.answer(self.found())

    @extend_schema(summary="See what stops a release", responses={200: PreflightShape} | READING)
    @action(detail=True, methods=["get"], serializer_class=PreflightShape)
    def preflight(self, request: Request, public_id: str) -> Response:
        """Check the plan as it stands; for editors."""
        row = self.found()
        require(self.viewer, "seal", row)
        plan = plan_for(self.viewer, row)
        found = preflight(plan)
        return Response(
            {
                "ready": not stops(found),
                "notes": sum(1 for candidate in plan.taken if candidate.note is not None),
                "findings": [finding.as_json() for finding in found],
            }
        )

    @extend_schema(
        summary="Seal a release",
        parameters=[IF_MATCH],
        request=None,
        responses={201: ReleaseShape} | CHANGING,
    )
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, public_id: str) -> Response:
        """Freeze what the plan gives, for ever; refused with the findings that stop it."""
        made = seal(edition=public_id, version=version_of(request), by=self.by)
        release = release_rows(self.viewer).get(pk=made.pk)
        learn_titles([release])
        return Response(release_json(release), status=201)


def _plan(given: dict[str, Any]) -> EditionInput:
    def both(name: str) -> dict[str, str]:
        return {code: given.get(f"{name}_{code}", "") for code in ("ar", "en")}

    return EditionInput(
        slug=given.get("slug", ""), title=both("title"), introduction=both("introduction"),
        change_note=both("change_note"), license_uri=given.get("license_uri", ""),
        credits=given.get("credits", ()), rule=given.get("rule", {}), cover=given.get("cover", ""),
        required_approvals=given.get("required_approvals", 1),
        independent_review=given.get("independent_review", False), parts=given.get("parts", ()),
    )  # fmt: skip


def _released_text(edition: Edition) -> str:
    """Return the first text of its newest release that the asker sees; empty when there is none any more."""
    newest: Any = next(iter(edition.releases.all()), None)
    return newest.revision.text.public_id if newest else ""
