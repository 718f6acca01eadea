"""How much waits at each of the archivist's desks."""

from __future__ import annotations

from archive.access import Viewer, visible_to
from archive.access.consents import ended_consents
from archive.enums import FilmOutcome, ImageState, ImportState, ItemState
from archive.media import fixity
from archive.models import DepositItem, Figure, Image, ImportRun, PublicRequest, Takedown, Video


def texts(viewer: Viewer) -> int:
    """Imports whose report waits for a person, and those that could not be read are none of them."""
    return visible_to(ImportRun, viewer).filter(state=ImportState.READY).count()


def images(viewer: Viewer) -> int:
    """Images that do not decode."""
    return visible_to(Image, viewer).filter(state=ImageState.BROKEN).count()


def videos(viewer: Viewer) -> int:
    """Linked videos that are gone or have become others."""
    return visible_to(Video, viewer).filter(last_outcome__in=[FilmOutcome.GONE, FilmOutcome.CHANGED]).count()


def figures(viewer: Viewer) -> int:
    """Gaps without a picture."""
    return visible_to(Figure, viewer).filter(image=None).count()


def deposits(viewer: Viewer) -> int:
    """Files that were announced and have not wholly come, or came with other bytes than their senders have."""
    awaited = (ItemState.SENDING, ItemState.DIFFERS)
    return visible_to(DepositItem, viewer).filter(state__in=awaited, deposit__undone_at=None).count()


def files(viewer: Viewer) -> int:
    """Files whose last check did not find them intact."""
    return fixity.not_intact().count()


def requests(viewer: Viewer) -> int:
    """Requests by people outside that nobody has decided yet."""
    return visible_to(PublicRequest, viewer).filter(outcome="").count()


def takedowns(viewer: Viewer) -> int:
    """What is taken down now."""
    return visible_to(Takedown, viewer).filter(lifted_at=None).count()


def consents(viewer: Viewer) -> int:
    """Consents that ended and wait for somebody."""
    return ended_consents(viewer).count()
