"""The nouns of annotation, a family a file."""

from annotations.models.annotation import (
    Annotation,
    AnnotationVersion,
    CrossReference,
    NoteClock,
    NoteDraft,
    VersionTag,
)
from annotations.models.assignment import Assignment
from annotations.models.authority import AuthorityFile, AuthorityName, AuthorityRecord
from annotations.models.basket import PickedPlace
from annotations.models.dismissal import Dismissal
from annotations.models.edition import (
    Edition,
    EditionPart,
    Release,
    ReleaseEvent,
    ReleaseFile,
    ReleaseMember,
    ReleaseNote,
    ReleasePart,
)
from annotations.models.locus import Anchor, Locus
from annotations.models.note_import import NoteImport, NoteImportRow
from annotations.models.note_step import NoteStep, NoteStepItem
from annotations.models.past import PastEvent
from annotations.models.relation import NamedRelation
from annotations.models.release_export import ReleaseExport
from annotations.models.report import Report
from annotations.models.review import Decision, Submission, SubmissionItem
from annotations.models.spread import Spread, SpreadNote
from annotations.models.talk import (
    Mention,
    Reply,
    ReplyReport,
    ReplyVersion,
    TalkTurn,
    VisibilityChange,
)
from annotations.models.term import Term, TermName
from annotations.models.vocabulary_step import TagMove, VocabularyRow, VocabularyStep

__all__ = [
    "Anchor", "Annotation", "AnnotationVersion", "Assignment", "AuthorityFile", "AuthorityName",
    "AuthorityRecord", "CrossReference", "Decision", "Dismissal", "Edition", "EditionPart", "Locus", "Mention",
    "NamedRelation", "NoteClock", "NoteDraft", "NoteImport", "NoteImportRow", "NoteStep", "NoteStepItem",
    "PastEvent", "PickedPlace", "Release", "ReleaseEvent", "ReleaseExport", "ReleaseFile",
    "ReleaseMember", "ReleaseNote", "ReleasePart", "Reply", "ReplyReport", "ReplyVersion", "Report", "Spread",
    "SpreadNote", "Submission", "SubmissionItem", "TagMove", "TalkTurn", "Term", "TermName",
    "VersionTag", "VisibilityChange", "VocabularyRow", "VocabularyStep",
]  # fmt: skip
