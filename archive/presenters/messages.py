"""The sentence of every error code; each says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

#: A sentence, with places for its values; or, for one that is said in parts, what puts it together from them.
Sentence = str | Promise | Callable[[Mapping[str, Any]], str]

SENTENCES: dict[str, Sentence] = {
    "not_allowed": _("Your account may not do this. Ask an administrator for the role that may."),
    "not_visible": _("There is nothing at this address."),
    "too_large": _("The file is larger than allowed (%(limit_mb)s MB). Split it or make it smaller and send it again."),
    "request_too_large": _("This is more than one request may hold (%(limit_mb)s MB). Send it in parts."),
    "zero_byte": _("The form holds a zero byte, which is no letter. Copy your words from below, look for an odd sign, and send them again."),
    "offer_words_missing": _("Say it in one language at least: editions go out to readers who do not see pictures, and to other sites."),
    "offer_rights_missing": _("Choose what may be done with the picture. Without it no release can show it."),
    "empty_file": _("The file is empty. Check that it was saved, and send it again."),
    "not_text": _("This is not a text file, whatever its name says. Send a text in one of the listed formats."),
    "rtf_refused": _("This is an RTF file, whatever its name says. Choose RTF as its importer and send it again."),
    "package_encrypted": _("The document is locked with a password or copy protection. Save it without, and send it again."),
    "package_bomb": _("The document is far larger unpacked (over %(limit_mb)s MB) than any book. Save it anew in its program and send that."),
    "package_members": _("The document holds %(members)s parts; at most %(most)s are read. Save it anew in its program and send that."),
    "package_names": _("A part of the document (%(member)s) has a name that leads outside of it or stands twice. Save it anew and send that."),
    "xml_doctype": _("Line %(line)s declares a document type or entities. They are never read, since they can reach for other files: take them out."),
    "not_openiti": _("A text of OpenITI begins with ######OpenITI#; this one does not. Add that line, or choose another importer."),
    "not_tei": _("This is XML, but no TEI: its outermost element is “%(root)s”. Send a TEI P5 document, or choose another importer."),
    "xml_broken": _("Line %(line)s is not well-formed XML. Mend it, or save the document anew, and send it again."),
    "unknown_encoding": _("The file's letters could not be read: too little in it tells its encoding. Choose one, or save it as UTF-8 and send it again."),
    "truncated": _("The file ends in the middle of a letter. It may have been cut off on its way: send it again."),
    "too_deep": _("The text is nested more than %(limit)s levels deep, which no book is. Simplify its lists and quotes."),
    "too_complex": _("The text's structure is too tangled to be read. Simplify its markup and send it again."),
    "parser_failed": _("The text could not be read by this importer. Choose another one, or send it as Markdown."),
    "parser_timeout": _("Reading the text took too long and was stopped. Send it in parts."),
    "unknown_importer": _("There is no importer of this name. Choose one from the list."),
    "no_captions": _("There are no captions with times in this file. Choose another importer, or save it again as WebVTT or SRT."),
    "outside_text": _("This place is outside of the text. Reload the page and choose it again."),
    "no_such_mark": _("There is no such mark any more. Reload the page."),
    "crosses_blocks": _("This change reaches over several blocks. Join them first, or change each by itself."),
    "storage_full": _("The disk is full: nothing was saved. Tell an administrator, then send it again."),
    "busy": _("The image service has its hands full. Ask again in a few seconds."),
    "iiif_request": _("This is no request that the image service answers: look at the %(part)s in the address."),
    "file_intact": _("The bytes were read again and are intact: there is nothing to repair."),
    "no_replica": _("There is no second copy of this file. Restore it from a backup."),
    "mail_unanswered": _("The mail server was given this mail twice and never said whether it took it, so it is not sent again."),
    "mail_unreadable": _("The mail cannot be read, since the site's key was changed after it was written. Have it sent anew."),
    "store_unreachable": _("The storage elsewhere cannot be reached. It is tried again by itself."),
    "store_keys": _("The storage elsewhere refuses the key. Look at REPLICA_S3_KEY_ID and REPLICA_S3_SECRET."),
    "store_no_bucket": _("The storage elsewhere has no bucket of this name. Make it, or look at REPLICA_S3_BUCKET."),
    "store_ill": _("The storage elsewhere answers with an error. It is tried again by itself."),
    "store_other_bytes": _("The storage elsewhere gave back other bytes than those that were sent. Do not rely on it until you know why."),
    "replica_bad": _("The second copy is damaged too, so nothing was changed. Restore the file from a backup."),
    "not_in_chain": _("The record of acts does not vouch for this hash, so nothing was changed. Check the record: manage.py verify_chain."),
    "backup_unreadable": _("%(folder)s is no backup set that this version can read. Name a folder inside of “sets”."),
    "backup_damaged": _("%(file)s is missing or was changed since the backup was made. Use another set."),
    "backup_newer": _("The backup was made by a newer Hashiya (%(migration)s). Install that version, then restore."),
    "backup_full": _("The disk is full. What was copied stays; make room and give the same command again."),
    "other_database": _("The backup holds a database of %(made)s, this site uses %(here)s. Set DATABASE_URL to one like it."),
    "not_empty": _("The database is not empty, and a backup never overwrites. Point DATABASE_URL or STATE_ROOT at an empty one."),
    "pg_program_missing": _("%(program)s is not installed. It comes with PostgreSQL's client programs (postgresql-client)."),
    "pg_program_failed": _("%(program)s failed: %(words)s"),
    "stale": _("Somebody changed this while you were reading. Compare both versions below and save again."),
    "version_missing": _("The request does not say which version it read. Reload and try again."),
    "invalid_transition": _("This step is not possible from where it stands now. Reload the page to see its state."),
    "wrong_password": _("This is not your password. Type it again."),
    "address_without_mail": _("This site sends no mail. Ask an administrator to change your address."),
    "client_code": _("This sign-in ran out. Close the window and sign in again from the annotation client."),
    "client_token": _("The annotation client is not signed in any more. Sign in again from it."),
    "token_by_token": _("A token makes no other token. Sign in on the site, or send address and password."),
    "job_broken": _("The work in the background failed too often and was given up. An administrator finds the reason in the log, and can start it again."),
    "job_unknown": _("The background worker does not know this kind of work. It may run an older version."),
    "required": _("Please fill this in."),
    "no_account": _("No active account has the address %(email)s."),
    "account_exists": _("There is an account with this address already."),
    "last_administrator": _("This is the only administrator: give the role to somebody else first."),
    "account_erased": _("The personal data of this account was erased, which cannot be taken back."),
    "erasure_waits": _("The erasure of this account was asked for already. It can still be called off."),
    "erasure_asked": _("An administrator asked to erase your account in %(days)s days. You can call it off on the page of your data."),
    "data_ready": _("The package of your data is ready. Fetch it before it is deleted."),
    "data_exported": _("An administrator had a package of your personal data made."),
    "taker_cannot_write": _("This person may not write notes. Choose somebody who may."),
    "invitation_used": _("An account was opened with this invitation meanwhile. Close the account instead."),
    "group_handed_over": _("\u2068%(giver)s\u2069 gave you a group to keep: you invite and remove its members now."),
    "group_invitation": _("\u2068%(giver)s\u2069 invites you to a group. Join, or decline."),
    "too_many_groups": _("You keep %(most)s groups, which is all that one person may. Hand one over first."),
    "too_many_invitations": _("%(most)s invitations wait for an answer. Withdraw one first."),
    "bad_address": _("This is no e-mail address. Look for a missing letter, then try again."),
    "text_too_long": _("This is longer than %(most)s letters. Shorten it."),
    "not_a_member": _("This person is not in the group any more. Reload the page."),
    "keeper_stays": _("Who keeps the group stays in it. Hand it over to another member first."),
    "no_second_factor": _("This account has no second factor."),
    "name_taken": _("This name is taken. Choose another."),
    "areas_missing": _("Nothing is covered, and no part to cover was given. Draw a rectangle, or type its numbers."),
    "too_many_areas": _("At most %(most)s parts of an image can be covered. Cover larger ones."),
    "area_numbers": _("Part %(number)s needs four whole numbers: where it begins, its width and its height."),
    "area_page": _("Part %(number)s is on page %(page)s, which this image does not have or which does not decode."),
    "area_empty": _("Part %(number)s has no width or no height. Give both, or empty its row."),
    "area_outside": _("Part %(number)s begins outside of its page, which is %(page_width)s × %(page_height)s pixels."),
    "image_not_decoded": _("The picture was not decoded yet, so no part of it can be named. Wait for its copies."),
    "file_not_intact": _("A file is no longer what was received. Look at it now: the second copy or a backup can mend it."),
}  # fmt: skip


def add(sentences: Mapping[str, Sentence]) -> None:
    """Take in further codes, from `ready()`; raises ValueError for a code that has its sentence already."""
    if twice := SENTENCES.keys() & sentences.keys():
        raise ValueError(f"Two sentences for {', '.join(sorted(twice))}.")
    SENTENCES.update(sentences)


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the sentence of an error code in the current language; for an unknown code, a general one."""
    template = SENTENCES.get(code)
    if template is None:
        return translated("That did not work (%(code)s).") % {"code": code}
    values = dict(params or {})
    if "limit" in values:
        values.setdefault("limit_mb", round(values["limit"] / 1024 / 1024))
    try:
        if callable(template):
            return template(values)
        return str(cast("Any", template) % values) if values else str(template)
    except (KeyError, ValueError, TypeError):
        return str(template)
