"""Begin to make a text of a file that was received."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from archive.access import require, require_may
from archive.actions.enqueue import enqueue
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.enums import TextRole, TranscriptKind
from archive.errors import Invalid
from archive.importers.decoding import known_encoding
from archive.importers.registry import guess, importer
from archive.media import paths
from archive.models import FileArrival, Image, ImportRun, Text, User, Video, Work
from archive.text.part import Part

PARSE_IMPORT = "parse_import"
#: The importer that reads the words of a PDF's pages.
OF_PAGES = "pdf"


@transaction.atomic
def start_import(
    *,
    arrival: FileArrival,
    language: str,
    importer_code: str = "",
    work: Work | None = None,
    text: Text | None = None,
    encoding: str = "",
    part: Part | None = None,
    video: Video | None = None,
    transcript_kind: str = "",
    image: Image | None = None,
    key: str = "",
    by: User,
) -> ImportRun:
    """Promise the reading of a file; an empty `importer_code` takes what its name or first bytes tell.

    With `text`, the file is a new wording of that text; with `part`, it becomes that part of `work`; `encoding` is
    believed instead of what its bytes tell; with `video`, the text is tied to that film when it is accepted, as
    captions unless `transcript_kind` says otherwise; with `image`, what is read is the words of that PDF's pages.
    The same `key` twice gives the same run. Raises Invalid("importer_unclear", "unknown_transcript_kind"),
    ImportRefused("unknown_importer", "unknown_encoding"), NotAllowed, NotVisible.
    """
    require_may(by, "add", ImportRun)
    require(by, "view", arrival)
    if text is not None:
        require(by, "correct", text)
        work = text.work
    if work is not None:
        require(by, "change", work)
    kind = _kind_for(video, transcript_kind, by)
    if image is not None:
        require(by, "change", image)
        importer_code = OF_PAGES
    spec = importer(importer_code) if importer_code else guess(arrival.filename, _head(arrival))
    if spec is None or spec.of_pages != (image is not None):
        raise Invalid("importer_unclear", field="importer", filename=arrival.filename)

    encoding = known_encoding(encoding) if encoding else ""

    def make() -> ImportRun:
        run = ImportRun.objects.create(
            arrival=arrival, work=work, text=text, importer=spec.code, importer_version=spec.version[:30],
            language=language, encoding=encoding, video=video, transcript_kind=kind, image=image,
            created_by=by, **_columns(part),
        )  # fmt: skip
        run.job = enqueue(PARSE_IMPORT, dedupe_key=str(run.pk), by=by, run=run.pk)
        run.save(update_fields=["job"])
        record_event("import.started", target=run, by=by, arrival=arrival.public_id, importer=spec.code)
        return run

    return once(ImportRun, scope="import", key=key, make=make, by=by)


def _columns(part: Part | None) -> dict[str, Any]:
    if part is None:
        return {}
    return {
        "part_order": part.order, "part_role": part.role, "part_title_ar": part.title_ar[:300],
        "part_title_en": part.title_en[:300],
    }  # fmt: skip


def part_of(run: ImportRun) -> Part | None:
    """Return which part of its work a file will be, None when it is no part."""
    if run.part_order is None:
        return None
    return Part(run.part_order, TextRole(run.part_role), run.part_title_ar, run.part_title_en)


def _kind_for(video: Video | None, kind: str, by: User) -> str:
    """Return what the text will be to the film, "" without one."""
    if video is None:
        return ""
    require(by, "change", video)
    if kind and kind not in set(TranscriptKind):
        raise Invalid("unknown_transcript_kind", field="transcript_kind")
    return kind or TranscriptKind.CAPTIONS


def _head(arrival: FileArrival) -> bytes:
    with paths.of_sha256(arrival.stored_file.sha256).open("rb") as file:
        return file.read(4096)
