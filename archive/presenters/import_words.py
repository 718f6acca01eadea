"""The words for codes of imports and drafts: importers, encodings, findings and repairs, what was done to a draft."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.presenters.desk_words import Words

#: Names of importers; one that has none here is called what it calls itself.
IMPORTERS: Words = {
    "markdown": _("Markdown"), "plain": _("Plain text"), "html": _("HTML"), "docx": _("Word (DOCX)"),
    "odt": _("OpenDocument (ODT)"), "epub": _("EPUB"), "rtf": _("RTF"), "tei": _("TEI"),
    "openiti": _("OpenITI mARkdown"),
    "pdf": _("Words of a PDF"),
    "webvtt": _("Captions (WebVTT)"), "srt": _("Captions (SRT)"),
}  # fmt: skip
#: The encodings that a person may choose, by the script that they are for.
ENCODINGS: list[tuple[str | Promise, tuple[str, ...]]] = [
    ("Unicode", ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
    (_("Arabic script"), ("windows-1256", "iso-8859-6", "mac_arabic", "cp864", "cp720")),
    (_("Western European"), ("windows-1252", "iso-8859-1", "iso-8859-15")),
    (_("Central European"), ("windows-1250", "iso-8859-2")),
    (_("Hebrew script"), ("windows-1255", "iso-8859-8")),
    (_("Greek script"), ("windows-1253", "iso-8859-7")),
    (_("Cyrillic script"), ("windows-1251", "koi8-r")),
    (_("Turkish"), ("windows-1254", "iso-8859-9")),
    (_("East Asian"), ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")),
]
#: Heading of each kind of problem, and its icon.
PROBLEM_KINDS: Words = {
    "heading_level": _("Heading levels"),
    "missing_figure": _("Missing figures"),
    "dead_link": _("Dead links"),
    "stray_backslash": _("Addresses with a stray backslash"),
    "torn_mark": _("Torn vowel marks"),
    "suspected_cut": _("Suspected cuts"),
    "divided_word": _("Divided words"),
    "broken_encoding": _("Broken letters"),
    "control_character": _("Invisible characters"),
    "unsupported": _("Not understood"),
}
#: What was not understood, where more can be said of it than that.
UNSUPPORTED: Words = {
    "left_out": _("Words of the file that are not in the text"),
    "name_tag": _("A tag at a name, which readers would see"),
    "notes_dropped": _("Notes of the file that could not be read"),
}
PROBLEM_ICONS = {
    "heading_level": "heading", "missing_figure": "image-missing", "dead_link": "link-broken",
    "stray_backslash": "link", "torn_mark": "torn-mark", "suspected_cut": "cut", "divided_word": "cut",
    "broken_encoding": "warning",
    "control_character": "eye-off", "unsupported": "help",
}  # fmt: skip
#: One problem: what it is.
PROBLEM_TITLES: Words = {
    "heading_level": _("A heading whose level does not fit the others"),
    "missing_figure": _("A caption without its picture"),
    "dead_link": _("A link that leads nowhere"),
    "stray_backslash": _("An address written with a stray backslash"),
    "torn_mark": _("A vowel mark torn from its letter"),
    "suspected_cut": _("A sentence cut between two paragraphs"),
    "divided_word": _("A word divided at the end of a line"),
    "broken_encoding": _("Letters that a wrong encoding broke"),
    "control_character": _("An invisible control character"),
    "unsupported": _("Something this importer does not understand"),
}
#: What is proposed, with the facts of the proposal.
PROPOSALS: Words = {
    "set_level": _("Proposed: make it a heading of level %(level)s."),
    "make_missing_figure": _("Proposed: keep it as a labelled gap, to be filled when the picture is found."),
    "join_blocks": _("Proposed: join the two paragraphs into one."),
    "set_link": _("The words are known, the target is lost. Give the address if you know it."),
    "delete": _("Proposed: take it out."),
    "replace": _("Proposed: put “%(text)s” in its place."),
    "": _("Nothing can be proposed. Edit the paragraph by hand, or leave it as it is."),
}
#: On the button that does what is proposed.
APPLY: Words = {
    "set_level": _("Set the level"),
    "make_missing_figure": _("Keep as a gap"),
    "join_blocks": _("Join"),
    "set_link": _("Set the address"),
    "replace_span": _("Replace"),
}
PROBLEM_STATES: Words = {
    "open": pgettext_lazy("problem", "Open"),
    "fixed": pgettext_lazy("problem", "Fixed"),
    "dismissed": pgettext_lazy("problem", "Left as it is"),
}
RUN_STATES: Words = {
    "queued": _("Waiting its turn"),
    "parsing": _("Being read"),
    "ready": _("Report ready"),
    "failed": _("Could not be read"),
    "accepted": _("Accepted"),
    "abandoned": _("Laid aside"),
}
BLOCK_KINDS: Words = {
    "heading": _("Heading"), "paragraph": _("Paragraph"), "list_item": _("Point of a list"),
    "quote": _("Quotation"), "table": _("Table cell"), "verse": _("Verse"), "code": _("Code"),
    "figure": _("Caption of a figure"), "video": _("Video"),
}  # fmt: skip
#: What a block stands in, said beside its kind.
CONTAINERS: Words = {
    "quote": _("in a quotation"), "note": _("in a footnote"), "list": _("in a list"),
}  # fmt: skip
STEPS: Words = {
    "apply": _("Applied one proposal"), "apply_all": _("Applied all of a kind"),
    "dismiss": _("Left one as it is"), "dismiss_all": _("Left all of a kind as they are"),
    "reopen": _("Opened one again"), "edit": _("Edited a block"), "join": _("Joined two blocks"),
    "split": _("Split a block"), "level": _("Set a heading level"), "kind": _("Changed what a block is"),
    "delete": _("Took a block out"), "insert": _("Put a block in"), "edit_page": _("Edited blocks of a page"),
}  # fmt: skip
REPAIRS: Words = {
    "torn_mark": _("Torn vowel marks put back on their letters"),
    "byte_order_mark": _("Byte order mark taken off"),
    "encoding_guessed": _("Encoding guessed"),
    "line_endings": _("Line endings made one"),
    "nul": _("Zero bytes taken out"),
    "front_matter": _("Front matter set aside"),
    "definition": _("Definitions of links taken up into their links"),
    "empty_link": _("Links without words set aside"),
    "left_out": _("Set aside: what a reading text does not have"),
    "tei_header": _("The header, which describes the file, set aside"),
    "running_line": _("Page numbers and running titles set aside, each with its page"),
    "empty_page": _("A page without words, after the end of the text"),
    "pictures_left_out": _("Pictures inside the document left out; send them as images"),
    "caption_aside": _("Comments and styles of the captions set aside"),
}


def encoding_choices() -> list[tuple[str | Promise, Any]]:
    """Return the encodings, grouped by script, and the choice to let the bytes say."""
    grouped = [(script, [(name, name) for name in names]) for script, names in ENCODINGS]
    return [("", _("As the bytes tell")), *grouped]


def proposal_words(proposal: dict[str, Any]) -> str:
    """Return the sentence that says what a proposal would do."""
    op = proposal.get("op", "")
    if op == "replace_span":
        op = "replace" if proposal.get("text") else "delete"
    template = str(PROPOSALS.get(op, PROPOSALS[""]))
    return template % proposal if "%(" in template else template
