"""The closed vocabularies of the archive; plain Python, so that pure code may use them."""

from enum import StrEnum


class BlockKind(StrEnum):
    """What a leaf block of a text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE = "table"
    VERSE = "verse"
    CODE = "code"
    FIGURE = "figure"
    VIDEO = "video"


class MarkKind(StrEnum):
    """What an inline mark says of the span it covers."""

    LINK = "link"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKEOUT = "strikeout"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    CODE = "code"
    NOTE_REFERENCE = "note_reference"
    FOREIGN = "foreign"
    LINE_BREAK = "line_break"
    #: The name of a person, a place, a group or a date: `type`, and what the source says it refers to.
    NAME = "name"
    #: Over the first word of a page, a column or a stretch of the source: `unit`, and its number `n`.
    PAGE_BREAK = "page_break"


class ProblemKind(StrEnum):
    """What an importer can find wrong; each names a place and proposes a repair."""

    HEADING_LEVEL = "heading_level"
    MISSING_FIGURE = "missing_figure"
    DEAD_LINK = "dead_link"
    TORN_MARK = "torn_mark"
    SUSPECTED_CUT = "suspected_cut"
    BROKEN_ENCODING = "broken_encoding"
    CONTROL_CHARACTER = "control_character"
    UNSUPPORTED = "unsupported"


class ProblemState(StrEnum):
    """Where a problem of an import report stands."""

    OPEN = "open"
    FIXED = "fixed"
    DISMISSED = "dismissed"


class RoleCode(StrEnum):
    """What an account may do; the sentence of each is data (`Role`)."""

    SCHOLAR = "scholar"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"


class Access(StrEnum):
    """Who may see an item once its embargo is over."""

    #: Only those who keep the archive: archivists, editors, administrators.
    DRAFT = "draft"
    #: Those, and the named people and the members of the named groups.
    RESTRICTED = "restricted"
    #: Everyone with an active account.
    MEMBERS = "members"
    #: Everyone.
    PUBLIC = "public"


class TakedownReason(StrEnum):
    """Why something was taken down; the tombstone says it in words."""

    SAFETY = "safety"
    RIGHTS = "rights"
    COURT = "court"
    FORGED = "forged"
    REQUEST = "request"
    OTHER = "other"


class ConsentPurpose(StrEnum):
    """What somebody who speaks in a work can agree to, layer upon layer."""

    ARCHIVE = "archive"
    RESEARCH = "research"
    PUBLICATION = "publication"


class WarningKind(StrEnum):
    """What a reader is warned of before a preview shows it."""

    VIOLENCE = "violence"
    DEATH = "death"
    INJURY = "injury"
    NUDITY = "nudity"
    CHILDREN = "children"
    DISTRESS = "distress"


class WorkKind(StrEnum):
    """What a catalogue entry describes."""

    ARTICLE = "article"
    BOOK = "book"
    LETTER = "letter"
    POEM = "poem"
    RECORDING = "recording"
    DOCUMENT = "document"


class TextRole(StrEnum):
    """What a text is to its work."""

    ORIGINAL = "original"
    TRANSLATION = "translation"
    VOLUME = "volume"
    CHAPTER = "chapter"
    TRANSCRIPT = "transcript"


class AlignmentOrigin(StrEnum):
    """How the pairing of a text with its translation came about."""

    #: Worked out from headings and lengths.
    PROPOSED = "proposed"
    #: A person changed or approved it.
    CORRECTED = "corrected"
    #: It followed a text to its next revision.
    CARRIED = "carried"
    #: It came with a package.
    BROUGHT_IN = "brought_in"


class ImportState(StrEnum):
    """Where an import run stands."""

    QUEUED = "queued"
    PARSING = "parsing"
    READY = "ready"
    FAILED = "failed"
    ACCEPTED = "accepted"
    ABANDONED = "abandoned"


class DraftState(StrEnum):
    """Where a draft of a text stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    ABANDONED = "abandoned"


class RequestKind(StrEnum):
    """What somebody outside asks of the archive about something it shows."""

    CORRECTION = "correction"
    REMOVAL = "removal"
    RESTRICTION = "restriction"
    OTHER = "other"


class RequestRelation(StrEnum):
    """What the asking person is to the material."""

    NAMED = "named"
    FAMILY = "family"
    AUTHOR = "author"
    REPRESENTATIVE = "representative"
    READER = "reader"


class RequestOutcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    PARTLY = "partly"
    DECLINED = "declined"
    NOT_OURS = "not_ours"


class ItemState(StrEnum):
    """Where one file of a deposit is."""

    #: Some bytes, or none, are here; the rest is awaited, for as long as it takes.
    SENDING = "sending"
    #: All bytes are here; the worker hashes them and lays them down.
    ARRIVED = "arrived"
    #: Kept under its hash.
    KEPT = "kept"


class ImageState(StrEnum):
    """Whether the public copies of an image exist."""

    WAITING = "waiting"
    READY = "ready"
    #: The bytes are kept but do not decode; the worklist shows it.
    BROKEN = "broken"


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Fixity(StrEnum):
    """The three answers of a check of stored bytes."""

    INTACT = "intact"
    DAMAGED = "damaged"
    UNREADABLE = "could_not_check"


class VideoState(StrEnum):
    """What is known of a linked video."""

    UNCHECKED = "unchecked"
    LIVE = "live"
    GONE = "gone"
    ARCHIVED = "archived"


class PackageFormat(StrEnum):
    """How a work or a collection is taken out."""

    BAGIT = "bagit"
    OCFL = "ocfl"
    RO_CRATE = "ro-crate"
    #: The descriptions alone.
    CSV = "csv"
    JSONLD = "jsonld"
    #: Pages that are read from a disk.
    STATIC = "static"


class FilmOutcome(StrEnum):
    """The answers of a check of a linked video."""

    THERE = "there"
    #: Its provider says that it has no such film.
    GONE = "gone"
    #: Something is there, but its title, channel, length or size is another than before.
    CHANGED = "changed"
    UNKNOWN = "could_not_check"


class ChangeWay(StrEnum):
    """How a description came to be changed."""

    DESCRIBED = "described"
    #: As it was before, chosen from its history.
    RESTORED = "restored"
    #: One of many, in one step.
    STEP = "step"
    #: A step taken back.
    UNDONE = "undone"


class StepState(StrEnum):
    """Where a change of many descriptions stands."""

    #: A table whose columns nobody has named yet.
    MAPPING = "mapping"
    PREVIEWED = "previewed"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class RowOutcome(StrEnum):
    """What a step would do, or did, to one item."""

    CHANGES = "changes"
    SAME = "same"
    REFUSED = "refused"
    DONE = "done"
    #: Refused when it was to be done, mostly since somebody changed the item meanwhile.
    FAILED = "failed"
    UNDONE = "undone"
    #: Changed since by somebody, so not taken back.
    KEPT = "kept"


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
