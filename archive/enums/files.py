"""Where files, their copies, packages and the work behind them stand."""

from enum import StrEnum


class ItemState(StrEnum):
    """Where one file of a deposit is."""

    #: Some bytes, or none, are here; the rest is awaited, for as long as it takes.
    SENDING = "sending"
    #: All bytes are here; the worker hashes them and lays them down.
    ARRIVED = "arrived"
    #: Kept under its hash.
    KEPT = "kept"
    #: All bytes are here, but they are not those that the sender says to have: nothing comes of them until it is sent again.
    DIFFERS = "differs"
    #: Among what was to be sent, but not taken: its `error` says why. The receipt names it all the same.
    REFUSED = "refused"


class Differing(StrEnum):
    """Why nothing is made of a file: it came with other bytes than those that its sender has."""

    #: It is to be sent again.
    OTHER_BYTES = "other_bytes"
    #: It was, as a row of its own.
    SENT_AGAIN = "sent_again"
    #: Nobody waits for that.
    LEFT_DIFFERING = "left_differing"


class Compared(StrEnum):
    """What the hash of the sender's own file says of the bytes that are here."""

    SAME = "same"
    DIFFERS = "differs"
    #: The file is here, and its sender told no hash.
    UNTOLD = "untold"
    #: Nothing is to be compared yet.
    WAITING = ""


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


class ElsewhereState(StrEnum):
    """What the last look at a file's copy in the storage elsewhere found."""

    KEPT = "kept"
    #: The storage gave other bytes than those that were sent.
    WRONG = "wrong"
    #: Not sent yet, since our own bytes were not whole.
    HELD_BACK = "held_back"
