"""The words for codes that archivists meet: states, access, kinds of items and texts; those of imports are in `import_words`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.presenters import messages

Words = dict[str, str | Promise]

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
    "other": pgettext_lazy("warning", "Something else"),
}
#: Through whose eyes those who work here may look.
LOOKS: Words = {
    "anonymous": _("Anybody, not signed in"),
    "member": _("A member without a role"),
    "scholar": _("A scholar without notes of their own"),
    "reviewer": _("A reviewer, as far as you see it yourself"),
    "editor": _("An editor, as far as you see it yourself"),
    "archivist": _("An archivist, as far as you see it yourself"),
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
JOB_STEPS: Words = {
    "import_reading": _("Reading the file"),
    "import_parsing": _("Finding blocks, marks and what looks wrong"),
    "import_storing": _("Laying out the draft"),
    "image_decoding": _("Decoding the picture"),
    "image_saving": _("Saving the copies"),
    "image_tiling": _("Cutting the picture into tiles"),
    "sound_cleaning": _("Taking sound and pictures out of the file"),
    "wacz_reading": _("Reading the recorded page"),
    "page_binding": _("Binding page %(page)s of %(pages)s"),
    "page_tiling": _("Making page %(page)s of %(pages)s"),
    "file_hashing": _("Taking the file's hash"),
    "files_checking": _("Reading files again"),
    "notes_coming_in": _("Notes are made of the footnotes"),
    "film_capturing": _("Capturing the film"),
    "package_writing": _("Writing the package"),
    "export_writing": _("Writing the file"),
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
