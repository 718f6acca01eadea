"""What the archive itself registers in `archive.kinds`: importing this module is enough."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

from archive import kinds
from archive.access import notices
from archive.access.looks import STAFF
from archive.actions import (  # noqa: F401 - their job handlers.
    _package_history,
    _package_papers,
    accept_parts,
    align_texts,
    apply_step,
    build_personal_export,
    build_take_out,
    capture_video,
    check_package,
    confirm_bring_in,
    copy_elsewhere,
    erase_account,
    index_entry,
    leave_out_rest,
    mail_news,
    make_clean_copy,
    make_derivatives,
    make_fresh_pdf,
    make_page_copies,
    make_tiles,
    parse_import,
    plan_table,
    print_receipt,
    read_wacz,
    repair_file,
    replicate_file,
    send_later,
    settle_item,
    undo_deposit,
    watch_files,
    watch_videos,
)
from archive.enums import RoleCode
from archive.exports import history, papers
from archive.exports.personal import keys
from archive.presenters import desk_messages, messages
from archive.search import archive_kinds
from archive.views import desk_counts

messages.add(desk_messages.SENTENCES)
kinds.personal_keys += keys.KEYS
kinds.notice_kinds |= {code: kinds.NoticeKind(*said) for code, said in notices.CHECKS.items()}

kinds.package_parts += [
    kinds.PackagePart(
        history.PATH, "application/jsonl", "What was said before", history.write, read=_package_history.read,
    ),
    kinds.PackagePart(
        papers.PATH, "application/jsonl", "Consents and agreements", papers.write, read=_package_papers.read,
        tell=_package_papers.tell,
    ),
]  # fmt: skip

archive_kinds.register()
kinds.planned_moments.append(archive_kinds.embargoes_over)

_ADMINISTRATORS = frozenset({RoleCode.ADMINISTRATOR})
_WRITERS = frozenset({RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})
_ARCHIVISTS = frozenset({RoleCode.ARCHIVIST, RoleCode.ADMINISTRATOR})
kinds.desk_sections += [
    kinds.DeskSection(
        _("Texts in"),
        "desk_texts",
        "upload",
        _ARCHIVISTS,
        desk_counts.texts,
        order=10,
        counted=ngettext_lazy("report to read", "reports to read", "count"),
    ),
    kinds.DeskSection(
        _("Deposits"),
        "desk_deposits",
        "inbox",
        _ARCHIVISTS,
        desk_counts.deposits,
        order=8,
        counted=ngettext_lazy("file not all here", "files not all here", "count"),
    ),
    kinds.DeskSection(_("Bring in"), "package_arrivals", "files", _ARCHIVISTS, order=11),
    kinds.DeskSection(_("Works"), "desk_works", "book", _ARCHIVISTS, order=12),
    kinds.DeskSection(
        _("Images"),
        "desk_images",
        "image",
        _ARCHIVISTS,
        desk_counts.images,
        order=14,
        counted=ngettext_lazy("does not decode", "do not decode", "count"),
    ),
    kinds.DeskSection(
        _("Videos"),
        "desk_videos",
        "video",
        _ARCHIVISTS,
        desk_counts.videos,
        order=16,
        counted=ngettext_lazy("gone or changed", "gone or changed", "count"),
    ),
    kinds.DeskSection(_("Collections"), "desk_collections", "collection", _ARCHIVISTS, order=18),
    kinds.DeskSection(
        _("Missing figures"),
        "desk_figures",
        "image-missing",
        _ARCHIVISTS,
        desk_counts.figures,
        order=20,
        counted=ngettext_lazy("gap to fill", "gaps to fill", "count"),
    ),
    kinds.DeskSection(
        _("Files"),
        "desk_files",
        "files",
        _ARCHIVISTS,
        desk_counts.files,
        order=22,
        counted=ngettext_lazy("not intact", "not intact", "count"),
    ),
    kinds.DeskSection(
        _("Requests"),
        "desk_requests",
        "reply",
        _ARCHIVISTS,
        desk_counts.requests,
        order=26,
        counted=ngettext_lazy("without an answer", "without an answer", "count"),
    ),
    kinds.DeskSection(
        _("Taken down"),
        "desk_takedowns",
        "eye-off",
        _ARCHIVISTS,
        desk_counts.takedowns,
        order=24,
        counted=ngettext_lazy("down now", "down now", "count"),
    ),
    kinds.DeskSection(
        _("Consents"),
        "desk_consents",
        "check-circle",
        _ARCHIVISTS,
        desk_counts.consents,
        order=28,
        counted=ngettext_lazy("ended", "ended", "count"),
    ),
    kinds.DeskSection(_("My groups"), "own_groups", "group", _WRITERS, order=35),
    kinds.DeskSection(_("People"), "people", "group", _ADMINISTRATORS, order=80),
    kinds.DeskSection(_("View as"), "view_as", "eye", STAFF, order=95),
    kinds.DeskSection(_("The site"), "site_settings", "settings", _ADMINISTRATORS, order=90),
]
