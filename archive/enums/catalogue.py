"""What the catalogue says of its items, and who may see them."""

from enum import StrEnum


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


class WorkKind(StrEnum):
    """What a catalogue entry describes."""

    ARTICLE = "article"
    BOOK = "book"
    LETTER = "letter"
    POEM = "poem"
    RECORDING = "recording"
    DOCUMENT = "document"


class DetailTerm(StrEnum):
    """What a description may say besides, each with the element of MODS that it is."""

    #: A further language than that of the original, as a code of BCP 47: `language`.
    LANGUAGE = "language"
    #: `originInfo`: publisher, place, dateIssued, edition.
    PUBLISHER = "publisher"
    PUBLISHED_IN = "published_in"
    ISSUED = "issued"
    EDITION = "edition"
    #: `physicalDescription`: extent, form.
    EXTENT = "extent"
    FORM = "form"
    GENRE = "genre"
    SUBJECT = "subject"
    #: `relatedItem`, of the type "series" or of another one.
    SERIES = "series"
    RELATED = "related"
    #: `tableOfContents`.
    CONTENTS = "contents"
    #: `targetAudience`.
    AUDIENCE = "audience"
    #: `location`: where the thing itself lies.
    LOCATION = "location"
    NOTE = "note"


class WarningKind(StrEnum):
    """What a reader is warned of before a preview shows it."""

    VIOLENCE = "violence"
    DEATH = "death"
    INJURY = "injury"
    NUDITY = "nudity"
    CHILDREN = "children"
    DISTRESS = "distress"
    #: What only the item's own words say; put there with them, so that words alone cover its pictures too.
    OTHER = "other"


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
    #: A long table whose rows a worker goes through.
    PLANNING = "planning"
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
    #: Names no item: a new one is made of it.
    NEW = "new"
    DONE = "done"
    MADE = "made"
    #: Refused when it was to be done, mostly since somebody changed the item meanwhile.
    FAILED = "failed"
    UNDONE = "undone"
    #: Changed since by somebody, so not taken back.
    KEPT = "kept"
