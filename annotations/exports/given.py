"""What every export is given: the frozen value, where it lives, and what of it may be shown now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.editions.parts import text_ids
from annotations.editions.values import Note, Place, Snapshot
from annotations.presenters.issue import Issue
from archive.exports.members import bytes_of
from archive.media.jpeg_copies import jpeg_of


@dataclass(frozen=True, slots=True)
class Given:
    """A release on its way out."""

    snapshot: Snapshot
    #: Lasting address of the release, ending in "/".
    address: str
    manifest_hash: str
    #: Whether a member ("work" | "image" | "video", public id) may be shown now, and the words of a "text".
    shows: Callable[[str, str], bool]
    #: ISO date of publication; empty before.
    published: str = ""
    #: Whether the release's own copies of an image (public id) may be shown now.
    shows_picture: Callable[[str], bool] = lambda ident: False
    #: What readers are warned of now at a member, in words of the active language; empty for most.
    warned: Callable[[str, str], str] = lambda kind, ident: ""
    #: The bytes of a picture that the release keeps, by their SHA-256.
    open_member: Callable[[str], Iterator[bytes]] = bytes_of
    #: A picture as JPEG, of its bytes; None of what does not decode.
    jpeg_of: Callable[[Iterator[bytes]], bytes | None] = jpeg_of
    #: What readers are warned of now at a member ("work" | "image" | "video", public id), as codes.
    warning_kinds: Callable[[str, str], Iterable[str]] = lambda kind, ident: ()
    #: Public id of the release; empty of one that has none yet.
    release: str = ""
    #: ISO moments at which it was sealed and published; empty when they are not known.
    sealed: str = ""
    published_at: str = ""
    #: The bytes of a form that was written before of the same release as it is shown now; None when there are none.
    kept: Callable[[str], Iterator[bytes] | None] = lambda form: None
    #: Told how far the writing is, in percent.
    progress: Callable[[int], None] = lambda percent: None

    def shows_place(self, place: Place) -> bool:
        """Whether the far end of a reference may be shown now."""
        return self.shows(*place.member) and (not place.text or self.shows("text", place.text))

    def shows_note(self, note: Note) -> bool:
        """Whether a note may be read now: who may see a picture or a film decides on the notes that are on it."""
        return note.place is None or self.shows(*note.place.member)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the release has been hidden since it was sealed."""
        members = {("work", self.snapshot.work.id)}
        members |= {("image", picture.id) for picture in self.snapshot.all_pictures}
        members |= {("video", v.id) for v in self.snapshot.videos if v.id}
        members |= {("video", film.id) for film in self.snapshot.films}
        targets = (r.target for n in self.snapshot.notes for r in n.references if r.target)
        members |= {("text", text) for text in text_ids(self.snapshot)}
        return all(self.shows(*member) for member in members) and all(map(self.shows_place, targets))


def given_of(
    issue: Issue, *, progress: Callable[[int], None] = lambda percent: None,
    kept: Callable[[str], Iterator[bytes] | None] = lambda form: None,
) -> Given:  # fmt: skip
    """Return what an export is given of an issue; `progress` is told how far it is, in percent, `kept` has other forms."""
    return Given(
        issue.snapshot, address=issue.permalink, manifest_hash=issue.manifest_hash,
        shows=lambda kind, ident: issue.shown.has(kind, ident),
        published=issue.published_at.date().isoformat() if issue.published_at else "",
        shows_picture=issue.shown.has_picture, warned=issue.warned_of,
        progress=progress, kept=kept,
        warning_kinds=lambda kind, ident: issue.shown.warnings.get((kind, ident), ()), release=issue.release,
        sealed=issue.sealed_at.isoformat() if issue.sealed_at else "",
        published_at=issue.published_at.isoformat() if issue.published_at else "",
    )  # fmt: skip
