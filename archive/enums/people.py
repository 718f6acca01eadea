"""What accounts may do, and what people outside ask."""

from enum import StrEnum


class MailChoice(StrEnum):
    """When mails tell a person what concerns them."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class RoleCode(StrEnum):
    """What an account may do; the sentence of each is data (`Role`)."""

    SCHOLAR = "scholar"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"


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
