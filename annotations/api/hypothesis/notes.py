"""Notes, one at a time: the same actions as everywhere, in the client's forms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.notes import shown_to, told_to
from annotations.access.said import said_before
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.api.hypothesis.base import Client
from annotations.api.hypothesis.incoming import note_of, place_of
from annotations.api.hypothesis.pages import Shown, current, home, shown_at, with_wording
from annotations.api.hypothesis.shapes import notes_json
from annotations.api.reading import ApiNote, read
from annotations.enums import AnnotationStatus
from annotations.models import Annotation
from annotations.values import NoteInput
from archive.access import require_may, visible_to
from archive.errors import Invalid, NotVisible, Stale
from archive.models import Text


class Writing(Client):
    """`/api/hypothesis/annotations`."""

    def post(self, request: Request) -> Response:
        """Write a note on the passage that was selected on one of our pages."""
        require_may(self.by, "add", Annotation)
        data = request.data
        if data.get("references"):
            raise Invalid("client_reply", field="references")
        shown = self._page(data)
        revision = current(self.viewer, pk=shown.text.pk)
        if revision is None:
            raise NotVisible("not_visible")
        language = get_language() or "ar"
        note = note_of(data, self.viewer, language=language, before=None, base=NoteInput(language=""))
        place = place_of(data, shown, revision)
        written = write_annotation(place=place, note=note, by=self.by)
        return Response(
            notes_json(self.viewer, [written.annotation.pk], {shown.text.public_id: shown}, request)[0]
        )

    def _page(self, data: dict[str, Any]) -> Shown:
        uri = data.get("uri")
        found = shown_at(uri, self.viewer, self.request) if isinstance(uri, str) else None
        if found is None:
            raise Invalid("client_page_unknown", field="uri")
        return found


class OneNote(Client):
    """`/api/hypothesis/annotations/ID`."""

    def get(self, request: Request, public_id: str) -> Response:
        """Read a note."""
        return self._answer(self._found(public_id))

    def patch(self, request: Request, public_id: str) -> Response:
        """Give a note a new version; one that was changed since it was read is not written over."""
        note = self._found(public_id)
        self._check(request.data.get("updated"), note)
        row = shown_to(self.viewer).select_related("group").get(pk=note.facts.pk)
        base = said_before(row)
        revise_annotation(
            annotation=public_id, version_id=note.facts.version_id,
            note=note_of(request.data, self.viewer, language=base.language, before=note, base=base), by=self.by,
        )  # fmt: skip
        return self._answer(self._found(public_id), uri=request.data.get("uri"))

    def delete(self, request: Request, public_id: str) -> Response:
        """Take a note back; releases that have it keep it."""
        note = self._found(public_id)
        withdraw_annotation(annotation=public_id, version_id=note.facts.version_id, by=self.by)
        return Response({"id": public_id, "deleted": True})

    def _found(self, public_id: str) -> ApiNote:
        texts = visible_to(Text, self.viewer).filter(current_revision__isnull=False)
        rows = told_to(self.viewer).filter(public_id=public_id, text__in=texts.order_by().values("pk"))
        ids = rows.exclude(told_status=AnnotationStatus.WITHDRAWN).values_list("pk", flat=True)
        found = read(self.viewer, list(ids))
        if not found:
            raise NotVisible("not_visible")
        return found[0]

    def _check(self, named: Any, note: ApiNote) -> None:
        """Refuse a change of what somebody changed meanwhile; a client that says nothing changes the newest.

        Raises Stale.
        """
        try:
            seen = datetime.fromisoformat(named) if isinstance(named, str) else None
        except ValueError:
            raise Stale("stale") from None
        if seen is not None and seen != note.facts.updated:
            raise Stale("stale")

    def _answer(self, note: ApiNote, *, uri: Any = None) -> Response:
        """Return a note, on the page that the client says it looks at, or on the text's own."""
        shown = shown_at(uri, self.viewer, self.request) if isinstance(uri, str) else None
        if shown is None or shown.text.public_id != note.facts.text:
            text = with_wording(visible_to(Text, self.viewer)).get(public_id=note.facts.text)
            shown = home(text, self.request)
        return Response(notes_json(self.viewer, [note.facts.pk], {note.facts.text: shown}, self.request)[0])


class Flag(Client):
    """`/api/hypothesis/annotations/ID/flag`, `…/hide`: what reviewers do here at their desk."""

    def put(self, request: Request, public_id: str) -> Response:
        """Refuse, and say where a note is complained of."""
        raise Invalid("client_flag")

    def delete(self, request: Request, public_id: str) -> Response:
        """Refuse."""
        raise Invalid("client_flag")
