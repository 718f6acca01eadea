"""What the archive must ask of things it does not know: filled from each app's `ready()`.

The archive never imports annotations; annotations registers here how its jobs run, how its things are
indexed for search, what it adds to the archive's pages, and what it has to say before a draft is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Runs a job: given the job's row and a function `progress(percent, **message)`; returns its result as JSON.
JobHandler = Callable[[Any, Callable[..., None]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of thing that search finds."""

    name: str
    #: The rows that a viewer may see of those that entries name by `key`: asked for one entry at a time, newest first.
    visible: Callable[[Any], Any]
    #: All search entries of one object, as unsaved rows; none when it should not be found.
    entries: Callable[[int], Iterable[Any]]
    #: Every object id to index, for a rebuild.
    all_ids: Callable[[], Iterable[int]]
    #: Addresses and labels of found rows: `{object_id: {"url": …, "label": …, "extra": …}}` for a list of entries.
    describe: Callable[[list[Any]], dict[int, dict[str, Any]]]
    #: Whether `SearchEntry.original` is Markdown, whose marks a result does not show.
    is_markdown: bool = True
    #: The column of `SearchEntry` that names the row which decides: "owner_id" or "object_id".
    key: str = "owner_id"


@dataclass(frozen=True, slots=True)
class Panel:
    """Something that another app adds to a page of the archive."""

    #: "work", "image", "video".
    page: str
    template: str
    #: Given (object, viewer): the template's context, or None when there is nothing to show.
    context: Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class DeskSection:
    """One entry of the desks' navigation."""

    #: msgid of its label; the template translates it.
    label: str
    url_name: str
    icon: str
    roles: frozenset[str]
    #: How much waits there for this viewer; None: nothing to count.
    count: Callable[[Any], int] | None = None
    order: int = 0
    #: What is counted, by `% {"count": n}` in the right form: a bare number would read like a total.
    counted: Any = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Primary keys of what a package holds."""

    works: tuple[int, ...] = ()
    texts: tuple[int, ...] = ()
    images: tuple[int, ...] = ()
    videos: tuple[int, ...] = ()
    collections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PackagePart:
    """A file of a package beside its catalogue: of the archive itself, or of another app."""

    path: str
    media_type: str
    #: What it is, in English, for the package's own description.
    name: str
    #: Given (what is held, viewer): its bytes.
    write: Callable[[Held, Any], Iterable[bytes]]
    #: Given (what was loaded so far, the path of the file in the bag): make rows of it; None: it is for readers alone.
    read: Callable[[Any, str], None] | None = None
    #: Given (what was loaded so far, the path of the file in the bag): what of it is new here, by kind: (new, here already).
    tell: Callable[[Any, str], dict[str, tuple[int, int]]] | None = None
    #: Given (what is held, viewer): kinds and keys of the items besides, of which the file speaks.
    names: Callable[[Held, Any], Iterable[tuple[str, int]]] | None = None
    #: Given (what is held, viewer): further files that it names, as `archive.exports.members.Member`.
    files: Callable[[Held, Any], Iterable[Any]] | None = None


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """One way in which rows name an account: what its owner is given of them, and what erasing does to them.

    A test walks all models: a key to an account without a line of this kind fails it.
    """

    #: Label of the model: "archive.Work".
    model: str
    #: The field that names the account, or the way to it ("version__created_by").
    key: str
    #: msgid of what these rows are to their owner; empty: they are not given out.
    title: str = ""
    #: Columns that the owner is given: never another person's words, names or addresses.
    fields: tuple[str, ...] = ()
    #: Whether they are for the owner alone: left out of a package that an administrator had made.
    only_owner: bool = False
    #: Which of them others than the owner may know of; the rest is left out of such a package too.
    told: tuple[tuple[str, Any], ...] = ()
    #: Given whose rows they are: what makes of a column what is given out of it, by the column's name.
    cleans: Mapping[str, Callable[[Any], Callable[[Any], Any]]] | None = None
    #: Why they are not given out, when they are not.
    why_not: str = ""
    #: Whether erasing the account deletes these rows; the others stay, and name the pseudonym.
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """How a mail tells notices of one code."""

    #: The heading under which it tells them (`archive.presenters.news_mail.HEADINGS`).
    heading: str
    #: Given notices of this code and their reader: the keys of those that still lead to something which that person may
    #: see and has to see to. They may have lost sight of it since they were told.
    concerning: Callable[[Iterable[Any], Any], set[int]]


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something of another app that stands on images and recordings, so that they cannot simply go."""

    #: Worded by pages.
    code: str
    #: Given images' keys as a subquery: those of them on which something stands, as a subquery.
    images: Callable[[Any], Any]
    #: The same of videos.
    videos: Callable[[Any], Any]


job_handlers: dict[str, JobHandler] = {}
#: The thing that a job of this kind speaks of: its model, and the name of its id in the payload.
job_subjects: dict[str, tuple[type[Any], str]] = {}
search_kinds: dict[str, SearchKind] = {}
panels: list[Panel] = []
desk_sections: list[DeskSection] = []
package_parts: list[PackagePart] = []
personal_keys: list[PersonalKey] = []
#: Called within an erasure's transaction, with the account's primary key: what else changes when a name goes.
after_erasure: list[Callable[[int], None]] = []
#: The notices that mails tell, by their codes.
notice_kinds: dict[str, NoticeKind] = {}
#: Each leaves the notices that are due by the day, each notice once however often it is called, and returns how many.
reminders: list[Callable[[], int]] = []
dependents: list[Dependent] = []
#: Of another app: the public ids of files in the folder of packages that are given out still.
kept_files: list[Callable[[], Iterable[str]]] = []
#: Given (keys of works, viewer): keys of images, as a subquery, that another app shows for these works beside their texts.
package_images: list[Callable[[Iterable[int], Any], Any]] = []
#: How many planned moments, at which the public sees something else, are over by the database clock.
planned_moments: list[Callable[[], int]] = []
#: Jobs to enqueue when a draft wants to know what it would do to the annotations: kinds of job, given a draft id.
draft_previews: list[str] = []


def handles(kind: str, *, of: tuple[type[Any], str] | None = None) -> Callable[[JobHandler], JobHandler]:
    """Register the decorated function as the handler of jobs of this kind.

    `of` names the thing that its words and result speak of: who may not see that is told neither. Without it
    nobody is told.
    """

    def register(handler: JobHandler) -> JobHandler:
        job_handlers[kind] = handler
        if of is not None:
            job_subjects[kind] = of
        return handler

    return register
