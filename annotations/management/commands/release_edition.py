"""Seal and publish a release of an edition."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.gather import gather
from annotations.editions.preflight import Finding, preflight, stops
from annotations.errors import PreflightFailed
from annotations.models import Edition, Release
from annotations.presenters.findings import sentence_of
from annotations.presenters.released import permalink
from archive.errors import HashiyaError
from archive.models import User
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """The same check, sealing and publishing as on the editor's desk."""

    help = "Seal the next release of an edition and publish it; with --check only say what stops it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the edition, and how far to go."""
        parser.add_argument("slug", help="address of the edition")
        parser.add_argument("--check", action="store_true", help="only say what stops the release")
        parser.add_argument("--seal-only", action="store_true", help="do not publish")
        parser.add_argument("--at", default="", help="publish at this moment (ISO 8601)")
        parser.add_argument("--by", default="", help="e-mail address of the editor in whose name it is done")
        parser.add_argument(
            "--report", choices=["text", "json"], default="text", help="how the answer is told"
        )

    def handle(self, *args: Any, slug: str, **options: Any) -> None:
        """Check, seal, publish; fail with what stops it."""
        edition = Edition.objects.filter(slug=slug).select_related("work__collection", "text").first()
        if edition is None:
            raise CommandError(f"There is no edition at {slug!r}.")
        if options["check"]:
            self._check(edition, options["report"])
            return
        by = self._editor(options["by"])
        try:
            release = seal(edition=edition.public_id, version=edition.version, by=by)
            if not options["seal_only"]:
                publish(release=release.public_id, at=_moment(options["at"]), by=by)
        except PreflightFailed as error:
            self._tell_findings(preflight(gather(edition)), options["report"])
            raise CommandError(sentence(error.code, error.params)) from error
        except HashiyaError as error:
            raise CommandError(sentence(error.code, error.params)) from error
        self._tell(release, options)

    def _editor(self, email: str) -> User | None:
        if not email:
            return None
        user = User.objects.filter(email=email.strip().casefold(), is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account {email!r}.")
        return user

    def _check(self, edition: Edition, report: str) -> None:
        findings = preflight(gather(edition))
        self._tell_findings(findings, report)
        if stops(findings):
            raise CommandError("The edition cannot be sealed yet.")

    def _tell_findings(self, findings: tuple[Finding, ...], report: str) -> None:
        if report == "json":
            self.stdout.write(json.dumps([f.as_json() for f in findings], ensure_ascii=False, indent=2))
            return
        for finding in findings:
            self.stdout.write(f"{finding.severity.value:6} {sentence_of(finding)}")

    def _tell(self, release: Release, options: dict[str, Any]) -> None:
        answer = {
            "edition": release.edition.slug, "number": release.number, "id": release.public_id,
            "manifest_hash": release.manifest_hash, "published": not options["seal_only"],
            "address": permalink(release.edition.slug, release.number),
        }  # fmt: skip
        if options["report"] == "json":
            self.stdout.write(json.dumps(answer, indent=2))
            return
        self.stdout.write(f"Release {release.number}, SHA-256 {release.manifest_hash}")
        self.stdout.write(str(answer["address"]))


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = parse_datetime(text)
    if moment is None:
        raise CommandError(f"{text!r} is no moment; write it like 2030-01-31T12:00.")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
