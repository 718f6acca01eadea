"""What annotations registers in `archive.kinds`: importing this module is enough."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

from annotations.access import dependents, notices
from annotations.access.declarations import release_moments
from annotations.actions import (  # noqa: F401 - their job handlers.
    _package_editions,
    _package_notes,
    apply_notes,
    apply_terms,
    bring_in_notes,
    build_release_export,
    carry_over,
    forget_author,
    import_notes,
    import_terms,
    load_authority,
    publish,
    remind_reviewers,
)
from annotations.api import package_notes
from annotations.exports import edition_lines, package_lines, personal_keys
from annotations.presenters import edition_sentences, kept_exports, note_imports, search_kinds, sentences
from annotations.presenters.leaving import account_panel
from annotations.views import reports, review
from archive import kinds
from archive.enums import RoleCode
from archive.presenters import messages

_WRITERS = frozenset({RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})
_REVIEWERS = frozenset({RoleCode.REVIEWER, RoleCode.ADMINISTRATOR})
_KEEPERS = frozenset({RoleCode.ARCHIVIST, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})

messages.add(sentences.SENTENCES)
messages.add(edition_sentences.SENTENCES)
messages.add(note_imports.CODES)
search_kinds.register()
kinds.planned_moments.append(release_moments)
kinds.personal_keys += personal_keys.KEYS
kinds.after_erasure.append(forget_author.forget_author)
kinds.package_parts += [
    package_notes.PART,
    kinds.PackagePart(
        package_lines.PATH, "application/jsonl", "Notes, without loss", package_lines.write,
        read=_package_notes.read, tell=_package_notes.tell, names=package_lines.names,
    ),
    kinds.PackagePart(
        edition_lines.PATH, "application/jsonl", "Editions and their releases", edition_lines.write,
        read=_package_editions.read, tell=_package_editions.tell, names=edition_lines.names, files=edition_lines.files,
    ),
]  # fmt: skip
kinds.package_images.append(edition_lines.images)
kinds.notice_kinds |= {code: kinds.NoticeKind(*said) for code, said in notices.CHECKS.items()}
kinds.reminders.append(remind_reviewers.remind_reviewers)
kinds.dependents.append(kinds.Dependent("written_on", dependents.written_on, dependents.heard_in))
kinds.panels.append(kinds.Panel("account", "annotations/people/leaving.html", account_panel))

kinds.kept_files.append(kept_exports.kept_ids)

_EDITORS = frozenset({RoleCode.EDITOR, RoleCode.ADMINISTRATOR})
kinds.desk_sections.append(kinds.DeskSection(_("Editions"), "desk_editions", "edition", _EDITORS, order=40))
kinds.desk_sections += [
    kinds.DeskSection(_("My notes"), "my_notes", "note", _WRITERS | {RoleCode.ARCHIVIST}, order=30),
    kinds.DeskSection(_("Basket"), "basket", "basket", _WRITERS, order=31),
    kinds.DeskSection(
        _("Review"),
        "review_queue",
        "inbox",
        _REVIEWERS,
        review.count_waiting,
        order=40,
        counted=ngettext_lazy("note to decide", "notes to decide", "count"),
    ),
    kinds.DeskSection(
        _("Reports"),
        "reports",
        "flag",
        _REVIEWERS,
        reports.count_open,
        order=41,
        counted=ngettext_lazy("report without an answer", "reports without an answer", "count"),
    ),
    kinds.DeskSection(_("Vocabulary"), "terms_desk", "tag", _KEEPERS, order=50),
]
