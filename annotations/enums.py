"""The closed vocabularies of annotation; plain Python, so that pure code may use them."""

from enum import StrEnum


class AnchorStatus(StrEnum):
    """What became of a place when its text was revised."""

    EXACT = "exact"
    MOVED = "moved"
    UNCERTAIN = "uncertain"
    LOST = "lost"


class ArrivalHow(StrEnum):
    """Where a note of another system's file belongs, and how that is known."""

    #: Its words stand at its offsets.
    EXACT = "exact"
    #: Its words were found; the file has no offsets, or they count something else.
    FOUND = "found"
    #: Its words stand in several places.
    SEVERAL = "several"
    #: There is a guess.
    UNCERTAIN = "uncertain"
    #: A person chose the place.
    CHOSEN = "chosen"
    #: A part of a picture or a film, named by its address here.
    MEDIA = "media"
    #: Something that is not of this archive.
    ELSEWHERE = "elsewhere"
    NONE = "none"


class ArrivalOutcome(StrEnum):
    """What becomes of a note of another system's file."""

    #: Will be brought in.
    READY = "ready"
    #: A person has to choose its place first.
    ASK = "ask"
    #: Was brought in before, or is the person's own note here.
    HERE = "here"
    #: Is left out, and says why.
    OUT = "out"
    MADE = "made"
    #: Brought in without a sure place, which is chosen among *Places to check*.
    WAITS = "waits"
    UNDONE = "undone"
    #: Changed or handed in since, so not taken back.
    KEPT = "kept"


class LocusKind(StrEnum):
    """What kind of place a note sits on."""

    TEXT = "text"
    REGION = "region"
    TIME = "time"
    WHOLE = "whole"
    WEB = "web"


class TermKind(StrEnum):
    """What an entry of the vocabulary is."""

    CONCEPT = "concept"
    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    EVENT = "event"
    DATE = "date"


class TermStatus(StrEnum):
    """Whether the public sees a term by itself."""

    PROPOSED = "proposed"
    ESTABLISHED = "established"


class NameForm(StrEnum):
    """How a name stands to its term, as in SKOS."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    #: Found by search and shown nowhere: misspellings.
    HIDDEN = "hidden"


class VocabularyAct(StrEnum):
    """What a step did to the vocabulary."""

    MERGE = "merge"
    SPLIT = "split"
    IMPORT = "import"


class Aspect(StrEnum):
    """What a row of a step is about."""

    #: A note that bears the term.
    USE = "use"
    #: A name that went to another term.
    NAME = "name"
    #: A narrower term.
    NARROWER = "narrower"
    #: A term that was merged into the one that was merged now.
    MERGED = "merged"
    #: A whole entry.
    TERM = "term"


class Category(StrEnum):
    """What a note is about; gives its colour. Order is the index on the wire (`spans.json`)."""

    NOTE = "note"
    PLACE = "place"
    PERSON = "person"
    GROUP = "group"
    EVENT = "event"
    DATE = "date"
    CONCEPT = "concept"
    DISPUTE = "dispute"
    LINK = "link"


class SuggestionKind(StrEnum):
    """What the archive itself suggests to annotate."""

    DATE = "date"
    NAME = "name"


class NoteOrder(StrEnum):
    """What numbers the notes of an edition; notes that are equal in it follow each other by place."""

    PLACE = "place"
    KIND = "kind"
    AUTHOR = "author"


class Visibility(StrEnum):
    """Who may see a note besides its author and reviewers."""

    PRIVATE = "private"
    GROUP = "group"
    #: Those who work here once it is accepted; everyone once it is released.
    OPEN = "open"


class Gone(StrEnum):
    """Why a reply is read no more."""

    #: By who wrote it.
    WITHDRAWN = "withdrawn"
    #: By who answers reports.
    REMOVED = "removed"


class TalkState(StrEnum):
    """Whether the talk about a note goes on."""

    SETTLED = "settled"
    OPEN = "open"


class AnnotationStatus(StrEnum):
    """Where a note stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a reviewer decided of one version."""

    ACCEPT = "accept"
    RETURN = "return"
    DECLINE = "decline"


class NoteChange(StrEnum):
    """What one step can change about many notes."""

    TAG = "tag"
    UNTAG = "untag"
    CATEGORY = "category"
    VISIBILITY = "visibility"
    GROUP = "group"


class Relation(StrEnum):
    """The relations that references had before relations were rows; releases of that time keep no names of them."""

    CITES = "cites"
    CONTINUES = "continues"
    PARALLELS = "parallels"
    CONTRADICTS = "contradicts"
    CORROBORATES = "corroborates"
    DEPICTS = "depicts"
    SAME_EVENT = "same_event"
    TRANSLATES = "translates"


class ReleaseStatus(StrEnum):
    """Where a release stands: told by its events and the clock, kept in no column."""

    SEALED = "sealed"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReleaseEventKind(StrEnum):
    """What happened to a sealed release."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    #: A publication that was still to come was called off.
    CANCELLED = "cancelled"


class PastKind(StrEnum):
    """What a package tells happened elsewhere: to a version of a note, or to a release."""

    SAID = "said"
    HANDED_IN = "handed_in"
    ACCEPT = "accept"
    RETURN = "return"
    DECLINE = "decline"
    SEALED = "sealed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CreditRole(StrEnum):
    """What somebody did for a publication: the fourteen roles of CRediT (ANSI/NISO Z39.104-2022), in its order.

    The values are the ends of their addresses at NISO.
    """

    CONCEPTUALIZATION = "conceptualization"
    DATA_CURATION = "data-curation"
    FORMAL_ANALYSIS = "formal-analysis"
    FUNDING_ACQUISITION = "funding-acquisition"
    INVESTIGATION = "investigation"
    METHODOLOGY = "methodology"
    PROJECT_ADMINISTRATION = "project-administration"
    RESOURCES = "resources"
    SOFTWARE = "software"
    SUPERVISION = "supervision"
    VALIDATION = "validation"
    VISUALIZATION = "visualization"
    WRITING_DRAFT = "writing-original-draft"
    WRITING_REVIEW = "writing-review-editing"


class ReportReason(StrEnum):
    """Why a reader reports something public."""

    WRONG = "wrong"
    MISPLACED = "misplaced"
    DANGER = "danger"
    OFFENSIVE = "offensive"
    RIGHTS = "rights"
    OTHER = "other"


class ReportOutcome(StrEnum):
    """What became of a report."""

    MENDED = "mended"
    WILL_BE = "will_be"
    KEPT = "kept"
    UNCLEAR = "unclear"


#: Notes that nobody but their author can bring further.
UNFINISHED = (AnnotationStatus.DRAFT, AnnotationStatus.RETURNED)
