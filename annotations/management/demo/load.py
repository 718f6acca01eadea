"""The demonstration's story, in the order in which it happened."""

from __future__ import annotations

from django.db import transaction

from annotations.management.demo.catalogue import (
    correct_essay,
    load_collections,
    load_images,
    load_papers,
    load_recordings,
    load_translations,
    load_works,
)
from annotations.management.demo.editions import compose_editions, release
from annotations.management.demo.guides import load_guides
from annotations.management.demo.jobs import run_jobs
from annotations.management.demo.material import Loaded, Say
from annotations.management.demo.notes import load_notes
from annotations.management.demo.people import load_people
from annotations.management.demo.vocabulary import load_terms
from archive import queue
from archive.models import User


def is_loaded() -> bool:
    """Whether the collection is there; it is loaded in one transaction, so any of it means all."""
    return User.objects.filter(is_demo=True).exists()


def load(say: Say) -> None:
    """Load everything in one transaction; jobs are run at once instead of being left to a worker."""
    loaded = Loaded()
    with queue.held(), transaction.atomic():
        say("people, one a role")
        load_people(loaded)
        load_guides(loaded)
        say("collections, drawings and their public copies")
        load_collections(loaded)
        load_images(loaded)
        say("a PDF")
        load_papers(loaded)
        say("works and their texts, through the importer")
        load_works(loaded)
        load_translations(loaded)
        say("a recording")
        load_recordings(loaded)
        say("terms")
        load_terms(loaded)
        say("notes, handed in and decided")
        load_notes(loaded, phase=1)
        say("editions, release 1")
        compose_editions(loaded)
        release(loaded, phase=1)
        say("the corrected text, notes carried over")
        correct_essay(loaded)
        load_notes(loaded, phase=2)
        say("release 2")
        release(loaded, phase=2)
        run_jobs()
