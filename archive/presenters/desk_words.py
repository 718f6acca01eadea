"""The words for codes that archivists meet: kinds of problems, states, steps, roles of blocks."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.presenters import messages

Words = dict[str, str | Promise]

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
#: The status colors of the design system for states that it does not name.
STATUS = {
    "queued": "submitted", "parsing": "submitted", "ready": "returned", "failed": "lost",
    "accepted": "accepted",
    "abandoned": "withdrawn", "open": "open", "fixed": "fixed", "dismissed": "declined",
    "waiting": "submitted", "broken": "lost", "running": "submitted", "done": "done",
    "there": "accepted", "gone": "lost", "changed": "returned",
    "intact": "accepted", "damaged": "lost", "could_not_check": "returned",
}  # fmt: skip
IMAGE_STATES: Words = {
    "waiting": _("Copies are being made"),
    "ready": _("Ready"),
    "broken": _("Does not decode"),
}
#: The sizes of an image's copies.
COPIES: Words = {
    "thumb": pgettext_lazy("copy", "Thumbnail"),
    "small": pgettext_lazy("copy", "Small"),
    "medium": pgettext_lazy("copy", "Medium"),
    "large": pgettext_lazy("copy", "Large"),
}
FIXITY: Words = {
    "intact": _("Intact"),
    "damaged": _("Damaged"),
    "could_not_check": _("Could not be checked"),
    "": _("Not checked yet"),
}
ELSEWHERE: Words = {
    "kept": _("Kept"),
    "wrong": _("Gave back other bytes; it is sent anew"),
    "held_back": _("Not sent, since our own bytes are damaged"),
}
#: What is wrong with the storage elsewhere and with the mail server, by what the background wrote down.
TROUBLES: Words = {
    **{code: messages.SENTENCES[code] for code in
       ("store_unreachable", "store_keys", "store_no_bucket", "store_ill", "store_other_bytes")},
    "mail_unreachable": _("The mail server cannot be reached. What waits is tried again by itself."),
    "mail_refused": _("The mail server refuses what it is sent. Look at EMAIL_URL and EMAIL_FROM."),
}  # fmt: skip
FILM_OUTCOMES: Words = {
    "there": _("There"),
    "gone": _("Gone"),
    "changed": pgettext_lazy("film", "Changed"),
    "could_not_check": _("Could not be checked"),
    "": _("Not checked yet"),
}
#: Why a check of a film came out as it did.
FILM_REASONS: Words = {
    "closed": _("Its provider says no more to strangers: it is private, or not to be shown elsewhere."),
    "other_status": _("Its provider answered with an error."),
    "not_understood": _("Its provider's answer was not understood."),
    "provider_silent": _("This provider tells nothing without an account. Look at it yourself."),
    "taken_down": _("The Internet Archive has taken the item down."),
    "no_film_in_item": _("The item is there, but the film is not in it."),
    "not_a_film": _("There is something else than a film at its address."),
    "accepted": _("A person said that it is the right film as it is now."),
    "not_a_web_address": _("Its address, or one that it leads to, is not one that may be asked."),
    "address_not_public": _("Its address leads into a private network."),
    "name_unknown": _("There is no site of this name."),
    "no_connection": _("The site took no connection."),
    "not_trusted": _("The site's certificate is not valid."),
    "too_slow": _("The site was too slow."),
    "answer_too_large": _("The site's answer was too large."),
    "answer_broken": _("The site's answer broke off or was none."),
    "too_many_redirects": _("The site sent us from address to address."),
}
#: Which facts of a film are others than before.
FILM_FACTS: Words = {
    "title": _("title"), "channel": _("channel"), "duration": _("length"), "size": _("size"),
}  # fmt: skip
CAPTURE_KINDS: Words = {
    "file": _("The film, as a file"),
    "wacz": _("Its page, recorded (WACZ)"),
    "address": _("Kept by a web archive"),
}
CAPTURE_ACCESS: Words = {
    "as_video": _("As the film: everyone who may see the film"),
    "members": _("Members: those of them who have an account"),
    "restricted": _("Restricted: those of them in the chosen groups"),
    "draft": _("Only those who keep the archive"),
}
CAPTURE_ACCESS_SHORT: Words = {
    "as_video": pgettext_lazy("capture", "As the film"),
    "members": pgettext_lazy("access", "Members"),
    "restricted": pgettext_lazy("access", "Restricted"),
    "draft": pgettext_lazy("capture", "Keepers only"),
}
TRANSCRIPT_KINDS: Words = {
    "captions": _("Captions"),
    "transcript": _("Transcript"),
    "translation": _("Translation"),
}
ACCESS: Words = {
    "draft": _("Draft: only those who keep the archive"),
    "restricted": _("Restricted: the people and groups that are named"),
    "members": _("Members: everyone with an account"),
    "public": _("Public: everyone"),
}
ACCESS_SHORT: Words = {
    "draft": pgettext_lazy("access", "Draft"),
    "restricted": pgettext_lazy("access", "Restricted"),
    "members": pgettext_lazy("access", "Members"),
    "public": pgettext_lazy("access", "Public"),
}
SECTION_ACCESS: Words = {
    "draft": _("Only those who keep the archive"),
    "restricted": _("Restricted: the people and groups that are named"),
    "members": _("Members: everyone with an account"),
    "public": _("Everyone, once the embargo is over"),
}
SECTION_ACTS: Words = {
    "section.kept": _("Kept from readers"),
    "section.changed": _("Changed who may read it"),
    "section.placed": _("Placed by hand"),
    "section.lifted": _("Given free"),
}
#: How surely a section was found in the current wording.
SECTION_FITS: Words = {
    "chosen": _("placed by a person"),
    "same": _("the very same blocks"),
    "between": _("between the very same neighbors"),
    "wider": _("wider than it was: its neighbors changed too"),
    "lost": _("not found: the whole text is kept back"),
}
TAKEDOWN_REASONS: Words = {
    "safety": _("Somebody's privacy or safety"),
    "rights": _("Rights of others in it"),
    "court": _("An order of a court"),
    "forged": _("It turned out to be wrong or forged"),
    "request": _("A person who appears in it asked for it"),
    "other": _("Another reason"),
}
CONSENTS: Words = {
    "archive": _("Being kept in the archive"),
    "research": _("Being used in research"),
    "publication": _("Being published"),
}
WARNINGS: Words = {
    "violence": _("Violence"),
    "death": _("Death"),
    "injury": _("Injuries"),
    "nudity": _("Nudity"),
    "children": _("Children in distress"),
    "distress": _("Distressing testimony"),
}
#: Through whose eyes those who work here may look.
LOOKS: Words = {
    "anonymous": _("Anybody, not signed in"),
    "member": _("A member without a role"),
    "scholar": _("A scholar without notes of their own"),
}
ITEM_KINDS: Words = {
    "work": _("Work"), "collection": _("Collection"), "image": _("Image"), "video": _("Video"),
}  # fmt: skip
WORK_KINDS: Words = {
    "article": _("Article"), "book": _("Book"), "letter": _("Letter"), "poem": _("Poem"),
    "recording": _("Recording"), "document": _("Document"),
}  # fmt: skip
TEXT_ROLES: Words = {
    "original": _("Original"), "translation": _("Translation"), "volume": _("Volume"),
    "chapter": _("Chapter"), "transcript": _("Transcript"),
}  # fmt: skip
ALIGNMENT_ORIGINS: Words = {
    "proposed": _("Proposed from headings and lengths"), "corrected": _("Corrected by hand"),
    "carried": _("Carried over to a corrected text"), "brought_in": _("Came with a package"),
}  # fmt: skip
BLOCK_KINDS: Words = {
    "heading": _("Heading"), "paragraph": _("Paragraph"), "list_item": _("Point of a list"),
    "quote": _("Quotation"), "table": _("Table cell"), "verse": _("Verse"), "code": _("Code"),
    "figure": _("Caption of a figure"), "video": _("Video"),
}  # fmt: skip
STEPS: Words = {
    "apply": _("Applied one proposal"), "apply_all": _("Applied all of a kind"),
    "dismiss": _("Left one as it is"), "dismiss_all": _("Left all of a kind as they are"),
    "reopen": _("Opened one again"), "edit": _("Edited a block"), "join": _("Joined two blocks"),
    "split": _("Split a block"), "level": _("Set a heading level"), "kind": _("Changed what a block is"),
    "delete": _("Took a block out"), "insert": _("Put a block in"),
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
JOB_STEPS: Words = {
    "import_reading": _("Reading the file"),
    "import_parsing": _("Finding blocks, marks and what looks wrong"),
    "import_storing": _("Laying out the draft"),
    "image_decoding": _("Decoding the picture"),
    "image_saving": _("Saving the copies"),
    "image_tiling": _("Cutting the picture into tiles"),
    "sound_cleaning": _("Taking the sound out of the file"),
    "page_binding": _("Binding page %(page)s of %(pages)s"),
    "page_tiling": _("Making page %(page)s of %(pages)s"),
    "file_hashing": _("Taking the file's hash"),
    "files_checking": _("Reading files again"),
    "notes_coming_in": _("Notes are made of the footnotes"),
    "film_capturing": _("Capturing the film"),
    "package_writing": _("Writing the package"),
    "package_trying": _("Trying what it would make"),
    "receipt_printing": _("Printing the receipt"),
    "parts_accepting": _("Accepting the parts"),
    "texts_aligning": _("Pairing the text with its translation"),
    "table_reading": _("Row %(row)s of %(rows)s"),
    "descriptions_changing": _("Changing the descriptions"),
    "videos_checking": _("Asking after films"),
}
PACKAGES: Words = {
    "bagit": _("Everything, as a BagIt bag"),
    "ocfl": _("Everything, as an OCFL object for storage"),
    "ro-crate": _("Everything, as an RO-Crate folder"),
    "static": _("What the public sees, as pages to read without a server"),
    "csv": _("Descriptions only, as a table (CSV)"),
    "jsonld": _("Descriptions only, as linked data (JSON-LD)"),
}


#: What a package holds, in the order of the preview.
PACKAGE_KINDS: Words = {
    "collection": _("Collections"), "work": _("Works"), "text": _("Texts"), "revision": _("Wordings"), "image": _("Images"),
    "video": _("Videos"), "capture": _("Captures"), "file": _("Files"), "note": _("Notes"), "term": _("Terms"),
    "consent": _("Consents"), "deposit": _("Deposits"), "agreement": _("Agreements"),
    "edition": _("Editions"), "release": _("Sealed releases"),
}  # fmt: skip
PACKAGE_ITEMS: Words = {
    "collection": _("Collection"), "work": _("Work"), "image": _("Image"), "video": _("Video"),
}  # fmt: skip
PACKAGE_OBSTACLES: Words = {
    "here": _("This work is here already; a package does not change what is here."),
    "address": _("Something else has its address here. Give that one another address first."),
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


def choices(words: Words) -> list[tuple[str, str | Promise]]:
    """Return words as the choices of a form field."""
    return list(words.items())


#: Why a deposit cannot be undone.
OBSTACLES: Words = {
    "shown_in_text": _("A text shows the picture"),
    "words_in_text": _("A text was made of its words"),
    "words_tied": _("A text holds its words"),
    "is_cover": _("It is the cover of a work, or the site's logo"),
    "described_since": _("Somebody has described it since"),
    "seen_publicly": _("The public sees it, or has seen it"),
    "covered_parts": _("Parts of it were covered"),
    "taken_down_once": _("It was taken down"),
    "text_in_use": _("Its text belongs to a work"),
    "draft_worked_on": _("Somebody has worked on its text"),
    "file_in_use": _("Something else was made of the file"),
    "written_on": _("Something written here stands on it: a note or an edition"),
}
