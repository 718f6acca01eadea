"""Annotation's part of the API: `(prefix, viewset, basename)` for the router, and further paths."""

from typing import Any

from django.urls import URLPattern

from annotations.api.editions import Editions
from annotations.api.note_imports import NoteImports
from annotations.api.notes import Notes
from annotations.api.relations import Relations
from annotations.api.releases import Releases
from annotations.api.replies import Replies
from annotations.api.review import Decisions, Submissions
from annotations.api.terms import Terms
from annotations.api.vocabulary_steps import VocabularySteps

routes: list[tuple[str, Any, str]] = [
    ("terms", Terms, "api-term"),
    ("relations", Relations, "api-relation"),
    ("vocabulary-steps", VocabularySteps, "api-vocabulary-step"),
    ("note-imports", NoteImports, "api-note-import"),
    ("annotations", Notes, "api-annotation"),
    ("replies", Replies, "api-reply"),
    ("submissions", Submissions, "api-submission"),
    ("decisions", Decisions, "api-decision"),
    ("editions", Editions, "api-edition"),
    ("releases", Releases, "api-release"),
]
paths: list[URLPattern] = []
