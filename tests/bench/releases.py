"""Sealing a release of 100,000 words with 10,000 notes, and the pages that compare two of them, through all of Django."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from tests.bench.material import accept_all, add_notes, make_text, people
from tests.bench.outcome import Outcome, at_most
from tests.bench.site import prepared

NOTES, MORE, TURNS = 10_000, 400, 3
#: Words that the second wording says otherwise: one in so many.
OTHERWISE = 500
#: Seconds.
SEALED, COMPARED = 5, 2
#: Pages that tell what changed, each with nothing remembered.
PAGES = {
    "compare two releases": "compare/1/",
    "a part of the text with what changed": "?since=1",
    "how a passage reads in the other release": "readings/?at=2000-2100",
}


def run() -> Iterator[Outcome]:
    """Seal and publish, correct the text, add notes, seal and publish again; then compare the two."""
    with prepared():
        from annotations.actions.carry_over import carry_over
        from annotations.models import Edition
        from tests.factories_notes import add_revision

        who = people()
        text = make_text("releases")
        add_notes(text, NOTES, author=who["scholar"])
        accept_all(text, reviewer=who["reviewer"])
        edition = _compose(text, who["editor"])
        yield _sealed(edition, who["editor"], f"seal a release of {NOTES:,} notes")
        words = text.current_revision.content.split(" ")
        words[OTHERWISE::OTHERWISE] = ["مصحَّحة" for _ in words[OTHERWISE::OTHERWISE]]
        revision = add_revision(text, " ".join(words))
        carry_over(revision_id=revision.pk, by=who["editor"])
        text.refresh_from_db()
        _settle(revision)
        add_notes(text, MORE, author=who["scholar"], seed=6)
        accept_all_new(text, who["reviewer"])
        yield _sealed(Edition.objects.get(pk=edition.pk), who["editor"], "seal the next release")
        for what, path in PAGES.items():
            yield _asked(what, f"/en/editions/{edition.slug}/2/{path}")


def accept_all_new(text: Any, reviewer: Any) -> None:
    """Accept the notes that nobody decided on yet."""
    from annotations.enums import Outcome as Decided
    from annotations.models import AnnotationVersion, Decision
    from tests.bench.material import _statement

    versions = AnnotationVersion.objects.filter(annotation__text=text, annotation__status="draft")
    Decision.objects.bulk_create(
        Decision(
            version=version, author_id=version.created_by_id, reviewer=reviewer, outcome=Decided.ACCEPT,
            content_hash=version.content_hash,
        )
        for version in versions
    )  # fmt: skip
    _statement(
        "UPDATE annotations_annotation SET status = 'accepted', accepted_version_id = newest_version_id "
        "WHERE status = 'draft'"
    )


def _settle(revision: Any) -> None:
    """Take the notes whose place nobody is sure of for settled, as their authors would one by one."""
    from annotations.models import Anchor

    doubtful = Anchor.objects.filter(revision=revision).exclude(status__in=["exact", "moved"])
    print(f"      {doubtful.count()} places are not sure and are left out", flush=True)
    from annotations.models import Annotation

    gone = Annotation.objects.filter(versions__locus__in=doubtful.values("locus"))
    gone.update(status="withdrawn", accepted_version=None)


def _compose(text: Any, editor: Any) -> Any:
    from annotations.actions.compose_edition import compose_edition
    from annotations.editions.given import EditionInput

    plan = EditionInput(
        slug="measured-twice", title={"ar": "طبعة القياس", "en": "The measured edition"},
        license_uri="https://creativecommons.org/licenses/by/4.0/",
        credits=[{"name": "القائس", "role": "annotator"}],
    )  # fmt: skip
    return compose_edition(text=text.public_id, plan=plan, by=editor)


def _sealed(edition: Any, editor: Any, what: str) -> Outcome:
    from annotations.actions.publish import publish
    from annotations.actions.seal import seal
    from archive.queue import held

    with held():
        began = time.perf_counter()
        release = seal(edition=edition.public_id, version=edition.version, by=editor)
        took = time.perf_counter() - began
        publish(release=release.public_id, by=None)
    return at_most(what, took, SEALED, "s", beside=f"{len(release.snapshot) / 1e6:.1f} MB of snapshot")


def _asked(what: str, address: str) -> Outcome:
    """Return the seconds of a page, with nothing remembered; the quickest of three."""
    from django.test import Client

    from annotations.presenters import compared
    from archive.views import shared

    client, taken, size = Client(SERVER_NAME="127.0.0.1"), [], 0
    for _turn in range(TURNS):
        shared.forget()
        compared.forget()
        began = time.perf_counter()
        answer = client.get(address, secure=True)
        taken.append(time.perf_counter() - began)
        assert answer.status_code == 200, answer.status_code
        size = len(answer.content)
    return at_most(what, min(taken), COMPARED, "s", beside=f"{size / 1000:.0f} kB of page")
