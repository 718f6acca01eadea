"""The nouns of annotation, a family a file."""

from annotations.models.annotation import (
    Annotation,
    AnnotationVersion,
    CrossReference,
    NoteClock,
    NoteDraft,
    VersionTag,
)
from annotations.models.dismissal import Dismissal
from annotations.models.edition import (
    Edition,
    Release,
    ReleaseEvent,
    ReleaseFile,
    ReleaseMember,
    ReleaseNote,
)
from annotations.models.locus import Anchor, Locus
from annotations.models.review import Decision, Submission, SubmissionItem
from annotations.models.spread import Spread, SpreadNote
from annotations.models.term import Term, TermName

__all__ = [
    "Anchor", "Annotation", "AnnotationVersion", "CrossReference", "Decision", "Dismissal", "Edition", "Locus", "NoteClock",
    "NoteDraft", "Release", "ReleaseEvent", "ReleaseFile", "ReleaseMember", "ReleaseNote", "Spread", "SpreadNote", "Submission",
    "SubmissionItem", "Term", "TermName", "VersionTag",
]  # fmt: skip
