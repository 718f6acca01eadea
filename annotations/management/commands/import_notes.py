"""Bring notes of another system in, or say what would become of them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from annotations.actions.apply_notes import apply_notes
from annotations.actions.import_notes import OTHERS, UNKNOWN_TAGS, forget_import, import_notes
from annotations.exchange.notes.formats import FORMATS
from annotations.models import NoteImport
from annotations.presenters.note_imports import OUTCOMES, problem_words
from archive.actions.command_account import command_account
from archive.actions.run_job import run_job
from archive.enums import JobState, StepState
from archive.errors import HashiyaError
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Reads a file, tells note by note where each would stand, and with --apply brings them in."""

    help = (
        "Reads notes from PATH (Web Annotations, Hypothesis, Recogito, CATMA, TEI) and says where each stands in the text. "
        "With --apply those whose places are sure become drafts of the account; else nothing is left behind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument(
            "--text",
            default="",
            metavar="ID",
            help="public id of the text; else each note names what it is on",
        )
        parser.add_argument(
            "--format",
            default="",
            choices=["", *FORMATS],
            help="what the file is, if that is not to be recognized",
        )
        parser.add_argument("--base", type=Path, help="the plain text that the file's offsets count")
        parser.add_argument(
            "--tags", default="words", choices=UNKNOWN_TAGS, help="what becomes of unknown tags"
        )
        parser.add_argument(
            "--others", default="out", choices=OTHERS, help="what becomes of notes on other sites"
        )
        parser.add_argument("--apply", action="store_true", help="bring the notes in")
        parser.add_argument(
            "--waiting", action="store_true", help="those without a sure place too, to be placed by hand"
        )
        parser.add_argument("--report", choices=["text", "json"], default="text")
        parser.add_argument("--by", default="", metavar="EMAIL", help="in whose name")

    def handle(self, path: Path, **options: Any) -> None:
        """Read, tell, and bring in if that was asked for."""
        with translation.override("en"):
            try:
                data, base = path.read_bytes(), options["base"].read_bytes() if options["base"] else b""
            except OSError as error:
                raise CommandError(f"{error.filename} could not be read: {error.strerror}.") from error
            try:
                self._run(data, path.name, base, options)
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error

    def _run(self, data: bytes, name: str, base: bytes, options: dict[str, Any]) -> None:
        by = command_account(options["by"])
        step = import_notes(
            data=data, filename=name, text=options["text"], form=options["format"], unknown_tags=options["tags"],
            others=options["others"], base=base, by=by,
        )  # fmt: skip
        if step.state == StepState.PLANNING and step.job_id:
            self._work(step)
        if options["apply"]:
            done = apply_notes(step=step.public_id, waiting=options["waiting"], by=by)
            self._work(done)
        step.refresh_from_db()
        self._tell(step, options["report"])
        if not options["apply"]:
            forget_import(step=step.public_id, by=by)

    def _work(self, step: NoteImport) -> None:
        assert step.job_id is not None
        run_job(step.job_id)
        step.refresh_from_db()
        if step.job and step.job.state == JobState.FAILED:
            raise CommandError("The work stopped on its way, and nothing was brought in; the log says why.")

    def _tell(self, step: NoteImport, report: str) -> None:
        rows = list(step.rows.select_related("annotation"))
        if report == "json":
            told = [
                {
                    "place": row.place, "outcome": row.outcome, "how": row.how, "start": row.start, "end": row.end, "text": row.text,
                    "candidates": row.candidates, "reason": row.problem.get("code", ""), "note": row.annotation.public_id if row.annotation else "",
                    "told": row.told,
                }
                for row in rows
            ]  # fmt: skip
            head = {
                "id": step.public_id,
                "state": step.state,
                "format": step.asked.get("found_format", ""),
                "notes": told,
            }
            self.stdout.write(json.dumps(head, ensure_ascii=False, indent=1))
            return
        for row in rows:
            words = row.told.get("exact") or row.told.get("body") or "—"
            self.stdout.write(f"{row.place:>5}  {OUTCOMES[row.outcome]}: {words[:60]!r} {problem_words(row)}")
        counts = Counter(str(OUTCOMES[row.outcome]) for row in rows)
        self.stdout.write("; ".join(f"{count} {words}" for words, count in counts.items()))
