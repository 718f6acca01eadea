"""The closed lists of the archive, by what they are about."""

from archive.enums.catalogue import (
    Access,
    ChangeWay,
    ConsentPurpose,
    RowOutcome,
    StepState,
    TakedownReason,
    WarningKind,
    WorkKind,
)
from archive.enums.files import ElsewhereState, Fixity, ImageState, ItemState, JobState, PackageFormat
from archive.enums.films import RECORDING, CaptureAccess, CaptureKind, FilmOutcome, TranscriptKind, VideoState
from archive.enums.people import MailChoice, RequestKind, RequestOutcome, RequestRelation, RoleCode
from archive.enums.texts import (
    AlignmentOrigin,
    BlockKind,
    DraftState,
    ImportState,
    MarkKind,
    ProblemKind,
    ProblemState,
    SectionFit,
    TextRole,
)

__all__ = [
    "RECORDING",
    "Access",
    "AlignmentOrigin",
    "BlockKind",
    "CaptureAccess",
    "CaptureKind",
    "ChangeWay",
    "ConsentPurpose",
    "DraftState",
    "ElsewhereState",
    "FilmOutcome",
    "Fixity",
    "ImageState",
    "ImportState",
    "ItemState",
    "JobState",
    "MailChoice",
    "MarkKind",
    "PackageFormat",
    "ProblemKind",
    "ProblemState",
    "RequestKind",
    "RequestOutcome",
    "RequestRelation",
    "RoleCode",
    "RowOutcome",
    "SectionFit",
    "StepState",
    "TakedownReason",
    "TextRole",
    "TranscriptKind",
    "VideoState",
    "WarningKind",
    "WorkKind",
]
