"""The sentences of refusals that archivists meet, for `messages.SENTENCES`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "importer_unclear": _("It is not clear how to read this file. Choose an importer from the list and send it again."),
    "bytes_missing": _("The stored file could not be found on the disk. Tell an administrator at once."),
    "draft_closed": _("This draft was accepted or laid aside, so it takes no more changes. Start a correction instead."),
    "draft_changed": _("The draft changed since you read it, so it was not accepted. Look at it again, then accept."),
    "base_moved": _(
        "Somebody accepted another revision while this correction was open. Start a correction of the newest "
        "revision; what you wrote here stays to be copied from."
    ),
    "no_revision": _("This text has no accepted revision yet, so there is nothing to correct."),
    "problem_decided": _("Somebody decided on this already. The page shows what they decided."),
    "problem_fixed": _("This was fixed by a change of the text. Undo that change to open it again."),
    "nothing_open": _("Nothing of this kind is open any more."),
    "nothing_to_undo": _("There is nothing to undo."),
    "nothing_proposed": _("Nothing can be proposed here. Edit the paragraph by hand, or leave it as it is."),
    "values_missing": _("Please give the address first."),
    "no_link": _("This is not an address: it is empty or holds spaces."),
    "no_level": _("Only headings have levels, from 1 to 6."),
    "not_neighbors": _("These two blocks do not follow each other, so they cannot be joined."),
    "nothing_to_split": _("There is nothing on one side of this place, so the block cannot be split there."),
    "no_such_block": _("There is no such block in this draft any more."),
    "unstorable": _("The text holds characters that cannot be kept (zero bytes or broken pairs). Type it anew."),
    "empty_text": _("A text keeps at least one block."),
    "block_empty": _("The box is empty. To take the block out, use the button for that."),
    "unknown_operation": _("There is no such change."),
    "not_edtf": _("This is not a date in EDTF. Examples: 2016, 2016-07, 2016-07-17, 2016-07~ (about), 1184/1950."),
    "unknown_access": _("Choose who may see it."),
    "unknown_field": _("There is no such field."),
    "groups_missing": _("Choose at least one group, or another kind of access."),
    "collection_circle": _("A collection cannot lie within itself."),
    "slug_taken": _("This address is taken. Choose another one."),
    "bad_slug": _("An address has small Latin letters, digits and hyphens only, such as “water-of-aleppo”."),
    "key_required": _("The file has no name of its own in this deposit. Reload the page and choose it again."),
    "other_size": _("%(filename)s was announced with another size. It changed meanwhile: rename it and send it as a new file."),
    "too_many_files": _("A deposit takes at most %(limit_count)s files. Begin another one."),
    "wrong_offset": _("The file stands elsewhere than the sender thinks. It asks again and goes on."),
    "upload_busy": _("This file is being sent from another window. Wait for that one, or close it."),
    "header_missing": _("The request lacks a proper %(header)s header."),
    "nothing_sent": _("No file came with the form. Choose one, then send it."),
    "svg_refused": _(
        "SVG drawings are programs, not pictures, so they are not taken. Export it as PNG (300 dpi) and send that."
    ),
    "not_an_image": _("This is not a picture in a format that is taken: JPEG, PNG, WebP, TIFF, GIF, BMP, JPEG 2000, AVIF or HEIC."),
    "too_many_pages": _("The file has more than %(limit)s pages. Send it in parts."),
    "pages_broken": _("Pages of the file do not decode and are left out: %(pages)s. The file is kept; send it again."),
    "too_many_pixels": _("The picture has more than %(limit_mp)s million pixels. Send it in parts, or make it smaller."),
    "image_broken": _("The picture does not decode: it may have been cut off on its way. The file is kept; send it again."),
    "image_too_dear": _("Decoding the picture took more memory or time than is allowed. The file is kept; make it smaller."),
    "not_a_video": _(
        "This is not the address of a video at YouTube, Vimeo, Dailymotion, Facebook, PeerTube or the Internet "
        "Archive, nor of a film file (MP4, WebM, OGV)."
    ),
    "video_known": _("This video is in the catalogue already."),
    "unknown_format": _("Choose one of the formats in the list."),
    "not_a_bag": _("This is no BagIt bag that can be read: bagit.txt or a manifest is missing or not written as it should be."),
    "bag_unreadable": _("%(path)s cannot be opened: it is neither a folder nor a whole ZIP archive."),
    "bag_fetch": _("The bag wants files to be fetched from elsewhere (fetch.txt). Bring it in with all its files in it."),
    "bag_link": _("The bag holds a link or something else that is no plain file: %(path)s. Nothing was brought in."),
    "bag_path": _("The bag names a path that leads out of it, or the same path twice: %(path)s. Nothing was brought in."),
    "bag_missing": _("A file is missing from the bag: %(path)s. Nothing was brought in."),
    "bag_extra": _("The bag holds a file that its manifest does not name: %(path)s. Nothing was brought in."),
    "bag_hash": _("A file of the bag is not what the manifest says: %(path)s. Nothing was brought in."),
    "bag_too_large": _("The bag holds more files or bytes than are taken. Nothing was brought in."),
    "bag_format": _("The bag is sound, but it is no package that this version takes out and brings in."),
    "bag_line": _("Line %(line)s of the package's catalogue cannot be understood. Nothing was brought in."),
    "group_missing": _("The package is for the group “%(name)s”, which is not here. Let an administrator make it, or bring the package in."),
    "already_here": _("What the package holds is here already (%(id)s). Nothing was brought in."),
    "network_off": _("Not checked: the network is off. An administrator can set OUTSIDE_NETWORK=yes."),
    "check_not_newest": _("There is a newer check of this film. Look at it first."),
    "video_gone": _("A film is gone from its provider."),
    "video_changed": _("A film at its provider is not what it was."),
    "figure_changed": _("Somebody put another picture here while you were choosing. Look at it, then choose again."),
}  # fmt: skip
