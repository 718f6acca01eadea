"""The editions and their releases."""

from __future__ import annotations

from typing import Any

from annotations.actions.change_edition import change_edition, exclude_notes
from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.given import EditionInput
from annotations.management.demo.jobs import run_jobs
from annotations.management.demo.material import Loaded, read


def compose_editions(loaded: Loaded) -> None:
    """Begin every edition."""
    for entry in read("editions")["editions"]:
        loaded.editions[entry["key"]] = compose_edition(
            text=loaded.texts[entry["work"]].public_id,
            plan=_plan(entry, {}, {}, loaded),
            by=loaded.people[entry["by"]],
        )


def _plan(
    entry: dict[str, Any], change_note: dict[str, str], rule: dict[str, Any], loaded: Loaded
) -> EditionInput:
    return EditionInput(
        slug=entry["slug"], title=entry["title"], introduction=entry["introduction"], change_note=change_note,
        license_uri=entry["license_uri"], credits=entry["credits"], rule=entry["rule"] | rule,
        required_approvals=entry["required_approvals"], independent_review=entry.get("independent_review", False),
        cover=loaded.images[entry["cover"]].public_id,
        parts=[loaded.texts[key].public_id for key in entry.get("parts", [])],
    )  # fmt: skip


def release(loaded: Loaded, *, phase: int) -> None:
    """Say what changed, seal and publish the releases of a phase."""
    for entry in read("editions")["editions"]:
        by = loaded.people[entry["by"]]
        for step in entry["releases"]:
            if step["phase"] != phase:
                continue
            edition = loaded.editions[entry["key"]]
            edition.refresh_from_db()
            edition = change_edition(
                edition=edition.public_id,
                version=edition.version,
                plan=_plan(entry, step["change_note"], step.get("rule", {}), loaded),
                by=by,
            )
            notes = [
                loaded.notes[key].public_id for key in [*step["exclude"], *_undecided(entry["work"], phase)]
            ]
            edition = exclude_notes(
                edition=edition.public_id, version=edition.version, notes=notes, out=True, by=by
            )
            edition.refresh_from_db()
            sealed = seal(edition=edition.public_id, version=edition.version, by=by)
            publish(release=sealed.public_id, by=by)
            run_jobs()


def _undecided(work: str, phase: int) -> list[str]:
    """Return the notes that nobody has decided on yet: they stop a release until they are left out by hand."""
    return [
        entry["key"]
        for entry in read("notes")["notes"]
        if entry["phase"] <= phase and entry["outcome"] == "submitted" and _is_in(entry["place"], work)
    ]


def _is_in(place: dict[str, Any], work: str) -> bool:
    """Whether a place is in a work: in its text, in a picture that fills a figure of it, or in a film that stands there."""
    images = {
        entry["key"]
        for entry in read("images")["images"]
        if any(fill["work"] == work for fill in entry.get("fills", []))
    }
    films = {entry["key"] for entry in read("videos")["videos"] if work in entry.get("appears_in", [])}
    return place.get("work") == work or place.get("image") in images or place.get("video") in films
