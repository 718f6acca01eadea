"""Linked films: what checks found, what is kept of them, what their texts are."""

from enum import StrEnum

#: The "provider" of a recording of sound that the archive itself keeps: it is at no address elsewhere.
RECORDING = "recording"
#: That of a film that the archive itself keeps.
FILM = "film"
KEPT_HERE = (RECORDING, FILM)


class VideoState(StrEnum):
    """What is known of a linked video."""

    UNCHECKED = "unchecked"
    LIVE = "live"
    GONE = "gone"
    ARCHIVED = "archived"


class FilmOutcome(StrEnum):
    """The answers of a check of a linked video."""

    THERE = "there"
    #: Its provider says that it has no such film.
    GONE = "gone"
    #: Something is there, but its title, channel, length or size is another than before.
    CHANGED = "changed"
    UNKNOWN = "could_not_check"


class CaptureKind(StrEnum):
    """What was kept of a film elsewhere."""

    #: The film itself, as a file.
    FILE = "file"
    #: A recording of its page (Web Archive Collection Zipped).
    WACZ = "wacz"
    #: The address of a copy that a public web archive keeps.
    ADDRESS = "address"


class CaptureAccess(StrEnum):
    """Who may see a capture, among those who may see its film."""

    AS_VIDEO = "as_video"
    MEMBERS = "members"
    RESTRICTED = "restricted"
    DRAFT = "draft"


class TranscriptKind(StrEnum):
    """What a text is to its film."""

    CAPTIONS = "captions"
    TRANSCRIPT = "transcript"
    TRANSLATION = "translation"
