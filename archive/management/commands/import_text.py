"""Import text files: the same reading, report, decisions and acceptance as at the desk."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from archive.actions.accept_draft import accept_draft
from archive.actions.command_account import command_account
from archive.actions.create_work import create_work
from archive.actions.decide_problem import decide_all, is_ready
from archive.actions.draft_state import text_of
from archive.actions.place_part import place_part
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.actions.start_import import start_import
from archive.enums import ImportState, JobState, ProblemKind, ProblemState, TextRole
from archive.errors import HashiyaError, Invalid
from archive.importers.decoding import ENCODINGS
from archive.importers.registry import importers
from archive.media import limits
from archive.models import ImportRun, Job, Text, TextDraft, User, Work
from archive.presenters.languages import NAMES
from archive.presenters.messages import sentence
from archive.presenters.report_text import report_lines
from archive.text.part import PART_ROLES
from archive.text.report import report

#: Seconds to wait for a background worker that took the job before us.
PATIENCE = 1800


class Command(BaseCommand):
    """Import files and print their reports."""

    help = (
        "Imports a text file, or several as parts of one work (--work or --new-work). Without --accept the result is a draft at the desk. --accept makes it "
        "a revision (missing figures that are still open become labelled gaps) in a new work, or in --work."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "paths", type=Path, metavar="PATH", nargs="+", help="several: the parts, in order"
        )
        parser.add_argument("--language", required=True, help=f"language of the text: {', '.join(NAMES)}, …")
        parser.add_argument("--importer", default="", help=", ".join(spec.code for spec in importers()))
        parser.add_argument(
            "--encoding",
            default="",
            help=f"what the bytes are letters in: {', '.join(ENCODINGS)}; else as they tell",
        )
        parser.add_argument("--work", default="", metavar="SLUG", help="the work that the text belongs to")
        parser.add_argument("--new-work", default="", metavar="TITLE", help="make a work for the parts")
        parser.add_argument(
            "--part", action="store_true", help="a single file too is one more part, never a new wording"
        )
        parser.add_argument(
            "--role", choices=[role.value for role in PART_ROLES], default=TextRole.VOLUME.value,
            help="what the parts are",
        )  # fmt: skip
        parser.add_argument("--accept", action="store_true", help="accept the draft as a revision")
        parser.add_argument(
            "--apply", default="", metavar="KIND,KIND",
            help=f"apply all proposals of these kinds first: {', '.join(ProblemKind)}, or all",
        )  # fmt: skip
        parser.add_argument("--message", default="", help="what changed, for the history of the text")
        parser.add_argument(
            "--report", choices=["text", "json"], default="text", help="json: one object on stdout"
        )
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="the account in whose name this is done"
        )

    def handle(self, **options: Any) -> None:
        """Import, decide, accept, report."""
        with translation.override("en"):
            if len(options["paths"]) > 1 or options["part"] or options["new_work"]:
                self._import_parts(options)
                return
            try:
                result = self._import(options, options["paths"][0])
            except HashiyaError as error:
                raise CommandError(_words(error)) from error
        self._tell(result if options["report"] == "json" else list(report_lines(result)))

    def _tell(self, told: Any) -> None:
        as_lines = isinstance(told, list) and all(isinstance(line, str) for line in told)
        self.stdout.write(
            "\n".join(told) if as_lines else json.dumps(told, ensure_ascii=False, indent=2, default=str)
        )

    def _import_parts(self, options: dict[str, Any]) -> None:
        """Import each file by itself: one that fails leaves the others as they are, and is told at the end."""
        options["work"] = _work_of_parts(options)
        done, failed = [], []
        for path in options["paths"]:
            try:
                result = self._import(options, path, as_part=True)
            except (HashiyaError, CommandError) as error:
                words = _words(error) if isinstance(error, HashiyaError) else str(error)
                failed.append(f"{path}: {words}")
                continue
            done.append(result)
            if options["report"] == "text":
                self._tell([f"== {path} ==", *report_lines(result)])
        if options["report"] == "json":
            self._tell({"work": options["work"], "parts": done, "failed": failed})
        if failed:
            told = "These files did not become parts; what was read before and after them stays:"
            raise CommandError("\n".join([told, *failed]))

    def _import(self, options: dict[str, Any], path: Path, *, as_part: bool = False) -> dict[str, Any]:
        kinds = _kinds(options["apply"])
        by = command_account(options["by"])
        work = _work(options["work"])
        run = _received(options, path, work, by, as_part=as_part)
        draft = _parsed(run)
        found = report(text_of(draft, list(draft.problems.all())))
        found["source"] = _source(run)
        found["applied"] = {}
        for kind in kinds:
            rows = draft.problems.filter(kind=kind, state=ProblemState.OPEN)
            ready = sum(is_ready(row) for row in rows)
            if ready:
                draft = decide_all(draft_id=draft.pk, kind=kind, outcome="apply", version=None, by=by)
                found["applied"][kind] = ready
        found["draft"] = {"id": draft.public_id, "sha256": draft.sha256}
        if options["accept"]:
            found["revision"] = _accepted(draft, work, options, by)
        return found


def _words(error: HashiyaError) -> str:
    if error.code == "no_account":
        return f"There is no active account {error.params['email']}."
    words = sentence(error.code, error.params).replace("\n", " ")
    return f"{words} [{error}]"


def _kinds(names: str) -> list[str]:
    """Return the kinds of `--apply`, in the order in which they are best applied; plurals are understood."""
    wanted = {name.strip() for name in names.split(",") if name.strip()}
    if "all" in wanted:
        return [kind.value for kind in ProblemKind]
    kinds = [kind.value for kind in ProblemKind if wanted & {kind.value, f"{kind.value}s"}]
    unknown = wanted - {name for kind in ProblemKind for name in (kind.value, f"{kind.value}s")}
    if unknown:
        raise CommandError(
            f"--apply: unknown kind {', '.join(sorted(unknown))}; there are {', '.join(ProblemKind)}."
        )
    return kinds


def _work(slug: str) -> Work | None:
    if not slug:
        return None
    work = Work.objects.filter(slug=slug).first()
    if work is None:
        raise CommandError(f"There is no work with the address {slug}.")
    return work


def _work_of_parts(options: dict[str, Any]) -> str:
    """Return the address of the work that the parts belong to, made now when it is to be a new one."""
    if options["work"]:
        _work(options["work"])
        return str(options["work"])
    if not options["new_work"]:
        raise CommandError("Parts need a work: name it with --work SLUG, or make one with --new-work TITLE.")
    code = "en" if options["language"].startswith("en") else "ar"
    values = {f"title_{code}": options["new_work"][:300], "language": options["language"], "kind": "book"}
    try:
        return create_work(values=values, by=command_account(options["by"])).slug
    except HashiyaError as error:
        raise CommandError(_words(error)) from error


def _received(
    options: dict[str, Any], path: Path, work: Work | None, by: User, *, as_part: bool
) -> ImportRun:
    language = options["language"]
    if not (language.replace("-", "").isalnum() and language.isascii() and len(language) <= 20):
        raise CommandError(f"--language: {language!r} is no language code such as ar or en.")
    try:
        if not path.stat().st_size:
            raise Invalid("empty_file")
        with path.open("rb") as file:
            arrival = receive_file(source=file, filename=path.name, max_bytes=limits.TEXT_BYTES, by=by)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if work is not None and as_part:
        return place_part(
            arrival=arrival, work=work, language=language, role=TextRole(options["role"]),
            importer_code=options["importer"], encoding=options["encoding"], by=by,
        )  # fmt: skip
    text = _wording_of(work, language) if work is not None else None
    return start_import(
        arrival=arrival, language=language, importer_code=options["importer"], work=work, text=text,
        encoding=options["encoding"], by=by,
    )  # fmt: skip


def _wording_of(work: Work, language: str) -> Text | None:
    """Return the text that a single file is a new wording of: the only one of its language."""
    texts = list(work.texts.filter(language=language, current_revision__isnull=False).order_by("order")[:2])
    if len(texts) > 1:
        raise CommandError(
            f"{work.slug} has several texts in {language}: --part adds one more; a new wording of one of them is "
            "sent in at the desk."
        )
    return texts[0] if texts else None


def _parsed(run: ImportRun) -> TextDraft:
    """Read the file here, or wait for the worker that was quicker; return the draft."""
    assert run.job_id is not None
    deadline = time.monotonic() + PATIENCE
    while run_job(run.job_id) == "" and time.monotonic() < deadline:
        if Job.objects.get(pk=run.job_id).state in (JobState.DONE, JobState.FAILED):
            break
        time.sleep(0.2)
    run = ImportRun.objects.get(pk=run.pk)
    if run.state == ImportState.FAILED:
        raise HashiyaError(run.error["code"], **run.error.get("params", {}))
    draft = TextDraft.objects.filter(run=run).first()
    if draft is None:
        raise HashiyaError("job_broken")
    return draft


def _source(run: ImportRun) -> dict[str, Any]:
    stored = run.arrival.stored_file
    return {
        "file": run.arrival.filename,
        "size": stored.size,
        "sha256": stored.sha256,
        "importer": run.importer,
        **ImportRun.objects.values_list("facts", flat=True).get(pk=run.pk),
    }


def _accepted(draft: TextDraft, work: Work | None, options: dict[str, Any], by: User) -> dict[str, Any]:
    revision = accept_draft(
        draft_id=draft.pk, sha256=draft.sha256, work=work, message=options["message"], by=by
    )
    owner = revision.text.work
    return {
        "work": owner.slug, "work_id": owner.public_id, "text": revision.text.public_id,
        "number": revision.number,
        "sha256": revision.sha256, "length": revision.length,
        "gaps": revision.text.figures.filter(image=None).count(),
    }  # fmt: skip
