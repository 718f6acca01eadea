"""How texts are made up, what importers find in them, and how they come in."""

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
    STRAY_BACKSLASH = "stray_backslash"
    TORN_MARK = "torn_mark"
    SUSPECTED_CUT = "suspected_cut"
    #: Its halves stand before and behind the end of a line.
    DIVIDED_WORD = "divided_word"
    BROKEN_ENCODING = "broken_encoding"
    CONTROL_CHARACTER = "control_character"
    UNSUPPORTED = "unsupported"


class ProblemState(StrEnum):
    """Where a problem of an import report stands."""

    OPEN = "open"
    FIXED = "fixed"
    DISMISSED = "dismissed"


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


class SectionFit(StrEnum):
    """How surely a section was found in a wording of its text."""

    #: A person said which blocks it is.
    CHOSEN = "chosen"
    #: The very same blocks.
    SAME = "same"
    #: Other words between the very same neighbors.
    BETWEEN = "between"
    #: The neighbors changed too: it reaches to the next ones that did not, and a person should look.
    WIDER = "wider"
    #: Nobody can say; the whole text is kept back until a person did.
    LOST = "lost"
