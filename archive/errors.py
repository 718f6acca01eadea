"""What can go wrong, as codes with parameters; the doors (pages, API, commands) put them into words."""

from __future__ import annotations

from typing import Any


class HashiyaError(Exception):
    """Base of the errors that a person is told about.

    `code` is stable and machine-readable; `params` holds the facts that the sentence needs.
    """

    #: HTTP status that doors answer with.
    status = 422

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Return the code and its facts, for logs."""
        facts = ", ".join(f"{key}={value!r}" for key, value in sorted(self.params.items()))
        return f"{self.code} ({facts})" if facts else self.code

    def as_json(self) -> dict[str, Any]:
        """Return code and parameters, the form in which jobs and runs keep why they failed."""
        return {"code": self.code, "params": self.params}


class ImportRefused(HashiyaError):
    """A file cannot become a text.

    Codes: `not_text`, `unknown_encoding`, `truncated`, `empty_file`, `too_large`, `too_deep`, `too_complex`,
    `parser_failed`, `parser_timeout`, `unknown_importer`, `no_captions`.
    """


class OperationRefused(HashiyaError):
    """An operation on a text does not fit the text: its place or its values are wrong.

    Codes: `outside_text`, `no_such_block`, `no_such_mark`, `crosses_blocks`, `unstorable`, `empty_text`, `no_level`,
    `not_neighbors`, `nothing_to_split`, `no_link`, `nothing_proposed`, `values_missing`.
    """


class Invalid(HashiyaError):
    """Input that breaks a rule; `params["field"]` names the field when there is one."""


class NotAllowed(HashiyaError):
    """The person may see the thing but not do this to it."""

    status = 403


class NotVisible(HashiyaError):
    """There is no such thing, or none for this person: never tell which."""

    status = 404


class Stale(HashiyaError):
    """The thing changed since the version that the person read; `params` hold both versions."""

    status = 412


class VersionMissing(HashiyaError):
    """A write that does not say which version it read."""

    status = 428


class Conflict(HashiyaError):
    """The write contradicts what is there: a quote that does not match, a state that does not allow it."""

    status = 409


class InvalidTransition(Conflict):
    """The state table has no such step."""


class StorageFull(HashiyaError):
    """The disk took no more bytes; nothing was recorded."""

    status = 507


class Busy(HashiyaError):
    """As much as may be done at a time is being done; asked again in a moment, it will be."""

    status = 503


class Locked(HashiyaError):
    """Somebody else is writing the same thing at this moment."""

    status = 423
