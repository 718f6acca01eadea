"""The sentences of annotation's error and notice codes; each says what to do."""

# ruff: noqa: E501 - a sentence in one line is found by searching.

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.presenters.messages import Sentence
from archive.presenters.moments import day_words


def _decided(values: Mapping[str, Any]) -> str:
    """Say how many notes were accepted, returned and declined, and nothing of what did not happen."""
    accepted, returned, declined = (
        values.get(outcome, 0) for outcome in ("accepted", "returned", "declined")
    )
    parts = [
        ngettext("%(count)s accepted", "%(count)s accepted", accepted) % {"count": accepted}
        if accepted
        else "",
        ngettext("%(count)s returned", "%(count)s returned", returned) % {"count": returned}
        if returned
        else "",
        ngettext("%(count)s declined", "%(count)s declined", declined) % {"count": declined}
        if declined
        else "",
    ]
    return gettext("Your notes were read: %(outcomes)s") % {
        "outcomes": " · ".join(part for part in parts if part)
    }


def _replied(values: Mapping[str, Any]) -> str:
    """Say who replied last, and how many replies there are to read."""
    count = int(values.get("count", 1))
    words = ngettext(
        "\u2068%(giver)s\u2069 replied in a talk that you take part in.",
        "%(count)s new replies in a talk that you take part in; the last is by \u2068%(giver)s\u2069.", count,
    )  # fmt: skip
    return words % {"count": count, "giver": values.get("giver", "")}


def _mentioned(values: Mapping[str, Any]) -> str:
    return gettext("\u2068%(giver)s\u2069 mentions you in the talk about a note.") % {
        "giver": values.get("giver", "")
    }


def _due(values: Mapping[str, Any], words: str) -> str:
    return words % {"day": day_words(date.fromisoformat(str(values["due"])))}


def _due_soon(values: Mapping[str, Any]) -> str:
    return _due(values, gettext("The notes that you are asked to decide on are due by %(day)s."))


def _overdue(values: Mapping[str, Any]) -> str:
    return _due(
        values, gettext("The notes that you were asked to decide on were due by %(day)s and still wait.")
    )


SENTENCES: Mapping[str, Sentence] = {
    "review_assigned": _("You are asked to decide on notes that were handed in."),
    "review_due_soon": _due_soon,
    "review_overdue": _overdue,
    "answer_missing": _("Write an answer: whoever reported it comes back to read it."),
    "not_a_reviewer": _("This person does not decide on notes here, or not on these. Choose another."),
    "day_is_over": _("That day is over already. Choose a later one."),
    "revision_not_current": _("The text was corrected meanwhile; its current revision is number %(revision)s. Reload the page: your words are kept as a draft."),
    "note_gone": _("This note was taken back."),
    "quote_mismatch": _("Other words stand at this place than the ones you chose. Reload the page and choose them again; your words are kept as a draft."),
    "body_unsupported": _("A note has one body: text in Markdown. Send it as a TextualBody."),
    "place_outside": _("This place is outside of what it points at. Choose it again."),
    "place_too_long": _("This passage is too long for one note (at most %(limit_length)s letters). Choose a shorter one."),
    "place_elsewhere": _("A note cannot move to another text. Write a new one there and withdraw this one."),
    "bad_region": _("This is not a region of the image. Draw it again."),
    "region_flat": _("This shape holds no surface: give it a width and a height."),
    "region_crosses": _("The outline of this shape crosses itself. Move its corners so that no two sides meet, or draw it again."),
    "bad_time": _("This is no time. Write it like 1:05.5 or 1:02:05."),
    "time_order": _("The end lies before the beginning. Change one of the two times."),
    "client_grant": _("This page is too old to sign the annotation client in. Reload the page."),
    "client_unknown": _("This annotation client is not known here. Its page of settings says which id it must have."),
    "client_kind": _("Nobody is signed in in this way here. Use a code, a page's word or the last token."),
    "client_preference": _("Of the client's settings only what was read is remembered here."),
    "client_leaving": _("An administrator says who is in a group. Ask one to take you out of it."),
    "client_reply": _("Replies are said in the talk about a note. Open the note by the link under it, and reply there."),
    "client_page_note": _("Select the words that the note is on: every note here sits on a passage."),
    "client_page_unknown": _("This page shows no text that you can annotate here. Open the text's own page in this archive."),
    "client_quote_unknown": _("These words do not stand in the text. Select words of the text alone, and reload the page if it was translated or is old."),
    "client_quote_changed": _("These words were corrected since this release. Open the text's own page and select them there."),
    "client_quote_twice": _("These words stand at several places alike. Select a few words more, or open the page of the whole text, where each place is known."),
    "client_flag": _("Notes are not flagged here. Reviewers decide at their desk; anybody may ask for a correction on the page for requests."),
    "note_empty": _("Write something, put a tag on it or point somewhere: a note says at least one thing."),
    "too_long": _("This is longer than allowed (%(limit_length)s letters). Shorten it; nothing was lost."),
    "too_many": _("These are more than allowed (%(limit_count)s). Take some out."),
    "control_character": _("This holds a character that is no letter. Remove it and save again."),
    "term_unknown": _("One of the tags is no longer in the vocabulary. Take it out and choose it again."),
    "target_unknown": _("What the reference points at is not there. Choose it again."),
    "reference_to_itself": _("A note cannot point at itself or at its own place. Choose another place, or take this reference out."),
    "reference_twice": _("This note points there with the same relation already. Take one of the two out, or choose another relation."),
    "relation_retired": _("This relation is no longer used for new references. Choose another one."),
    "relation_name_taken": _("Another relation has this name already, in one of its directions. Use that one, or choose a name that tells them apart."),
    "relation_symmetry_fixed": _("Whether a relation reads alike from both ends is fixed when it is made. Add a new one and retire this one."),
    "relation_last": _("This is the last relation in use. Add another one before you retire it."),
    "basket_full": _("Your basket holds %(limit_count)s places, which is all it takes. Put some out of it first."),
    "citation_unreadable": _("This is neither BibTeX, RIS, CSL-JSON, a DOI, an ISBN nor an address. Paste one of these, or fill in the fields."),
    "citation_several": _("Several sources were pasted. A reference cites one: paste the one that you mean."),
    "citation_type": _("“%(value)s” is no kind of source that CSL knows. Choose one from the list."),
    "citation_value": _("“%(name)s” cannot be understood. Write it anew, or leave it out."),
    "citation_doi": _("This is no DOI. One begins with 10. and has a slash, like 10.1000/xyz."),
    "citation_isbn": _("This is no ISBN: its last digit does not fit the others. Copy it once more from the book."),
    "citation_nameless": _("A source needs a title, an address or a DOI. Add one of them."),
    "address_refused": _("Only addresses that begin with https:// or http:// can be cited."),
    "group_unknown": _("Choose one of your own groups."),
    "group_unexpected": _("A group is named only for a note that the group shall see."),
    "visibility_fixed": _("This note was accepted: who may see it can no longer change. Withdraw it instead."),
    "nothing_ticked": _("Tick at least one passage."),
    "nothing_to_put": _("Say what is to stand on these passages: a term of the vocabulary, or words of your own."),
    "drafts_only": _("Only drafts and returned notes are changed together. Take the tick off the others."),
    "nothing_chosen": _("Choose at least one note."),
    "nothing_waits": _("None of these notes waits any more: each was decided, changed or taken back since."),
    "reason_required": _("Say why, so that the author knows what to do."),
    "suggestion_unreturned": _("A wording is suggested when a note is returned, and only then. Return it, or put the words of the note back."),
    "suggestion_empty": _("The suggested wording says nothing. Write it out, or put the words of the note back to suggest none."),
    "suggestion_same": _("The suggested wording is what the note says already. Change it, or suggest none."),
    "suggestion_overtaken": _("The note was changed since this wording was suggested, so nothing was taken. Compare both below, and change the note by hand if you want."),
    "take_alone": _("A suggested wording is taken as it is. Send nothing else with it, and change the note afterwards."),
    "bad_key": _("The draft has no name. Reload the page."),
    "language_code": _("This is no language code; examples: ar, en, ota, ar-SY."),
    "target_unsupported": _("This place cannot be understood. Name a text, an image or a video of this site and where in it, or the address of something elsewhere that begins with https:// or http://."),
    "selector_lacks": _("What this note is on is named by a %(selector)s without a fitting “%(key)s”. Send the selector whole, or name the address alone."),
    "target_too_large": _("What this note is on is described at too great length (at most %(limit_length)s bytes). Name its address and the words that are meant."),
    "web_private": _("A note on what is not of this archive is its author's alone. Send it as private."),
    "json_required": _("The request could not be understood. Reload the page and try again."),
    "number_required": _("A number is missing here."),
    "list_required": _("A list is missing here."),
    "choice_unknown": _("Choose one of the values that are offered."),
    "label_required": _("Give the term a name in Arabic or in English."),
    "coordinates_both": _("Give both latitude and longitude, or neither."),
    "coordinates_range": _("Latitude lies between -90 and 90, longitude between -180 and 180."),
    "bad_date": _("This is no date that the archive can read. Write it like 2016, 2016-07, 2016-07-17 or 1235/1236."),
    "term_slug_taken": _("This address is already taken by another term."),
    "broader_circle": _("A term cannot stand below itself."),
    "term_merged": _("This term was merged into another. Change that one."),
    "term_unnamed": _("No term has this name. Write it as the vocabulary has it, or add it first."),
    "branch_too_deep": _("A branch is at most %(most)s terms deep. Put this one higher up."),
    "preferred_twice": _("A language has one preferred name. Make the others alternative ones."),
    "bad_identifier": _("This is no identifier of %(authority)s; one looks like %(example)s. Paste the address of the entry's page, or its identifier."),
    "bad_match": _("Write each link on a line of its own: = before what is the same, ~ before what is like it, then an address that begins with https://."),
    "use_unknown": _("One of these notes does not bear the term any more. Reload the page and choose again."),
    "step_overtaken": _("A later step stands on this one: it merged one of the two terms, or moved on what this one moved. Undo that one first."),
    "notes_format": _("It cannot be told what this file is. Choose its format, and look whether the first row names the columns."),
    "no_notes": _("There are no notes in this file."),
    "too_many_notes": _("The file holds %(found)s notes; at most %(most)s are brought in at once. Send it in parts."),
    "json_broken": _("The file is no whole JSON: something is wrong in line %(line)s. Export it again and send that."),
    "remote_page": _("The collection names its notes by an address (%(address)s), and nothing is ever fetched. Send the file that lies there."),
    "columns_missing": _("The table has no such columns: %(columns)s. Export it again, or choose another format."),
    "text_changed_since": _("The text was corrected since you looked at the notes (it is at revision %(revision)s now). Look at them again."),
    "notes_reading": _("Reading the file"),
    "notes_placing": _("%(done)s of %(total)s notes are looked for"),
    "notes_writing": _("%(done)s of %(total)s notes are done"),
    "vocabulary_format": _("It cannot be told what this file is. Choose a format: Turtle, JSON-LD or CSV."),
    "rdf_broken": _("The file could not be read: %(said)s. Mend it and send it again."),
    "rdf_deep": _("The file is nested deeper than any vocabulary. Save it anew in its program and send that."),
    "remote_context": _("The file leans on a context elsewhere (%(address)s), and nothing is ever fetched. Save it with its context within, or as Turtle."),
    "no_concepts": _("There is no skos:Concept with an address of its own in this file."),
    "too_many_terms": _("The file holds more than %(most)s entries. Send it in parts."),
    "no_term_columns": _("The first row names no column that is known. Name at least one of label_ar and label_en; known are: %(columns)s."),
    "term_kind_unknown": _("The kind is one of concept, person, place, group, event and date."),
    "name_unread": _("Write each name as a language, a colon and the name: fa: قویق."),
    "term_id_unknown": _("No term has this id. Leave the cell empty to make a new one."),
    "term_twice": _("Another row of the file is the same term. Make them one."),
    "no_authority_columns": _("The first row must name the columns id and name; known are: %(columns)s."),
    "too_many_authority_rows": _("The file holds more than %(most)s rows. Load a smaller part of the authority file."),
    "authority_entry_unknown": _("The authority file has no such entry any more. Look again."),
    "authority_without_address": _("Entries of this list have no addresses, so that nothing can lead to them. Load it anew with one."),
    "authority_id": _("The id is missing, or is no identifier of this authority."),
    "authority_name": _("The name is missing or too long."),
    "authority_twice": _("This id stands in an earlier row."),
    "rows_refused": _("Some rows are refused, so none is taken in. Mend the file where they say so, and send it again."),
    "terms_reading": _("Reading the file"),
    "terms_writing": _("Writing the terms"),
    "authority_loading": _("%(rows)s rows are loaded"),
    "revised_since": _("Its author has revised it since, and chose the term anew."),
    "merge_target": _("Choose another term, one that was not merged itself."),
    "quote_not_found": _("These words do not stand in the text as you wrote them. Copy them from the text."),
    "talk_over": _("You took this note back, so the talk about it is over. Write a new note to go on."),
    "reply_gone": _("This reply was taken back meanwhile. Reload the page; your words are kept below."),
    "reply_empty": _("Write something: an empty reply says nothing."),
    "reply_unknown": _("The reply that you answer is not there any more. Answer the note itself."),
    "reply_revised_enough": _("This reply was changed too often. Take it back and write a new one."),
    "report_reason": _("Say what is wrong with it, so that somebody can judge."),
    "report_answered": _("Somebody answered this report already. Reload the page."),
    # Notices.
    "talk_reply": _replied,
    "talk_mention": _mentioned,
    "talk_report": _("A reply was reported. Read it, and let it stand or remove it."),
    "notes_handed_in": ngettext_lazy("Notes were handed in for review.", "Notes were handed in for review, %(count)s times.", "count"),
    "report_received": ngettext_lazy("A reader reported something. Read it and answer.", "%(count)s reports by readers came in. Read them and answer.", "count"),
    "notes_handed_over": ngettext_lazy("\u2068%(giver)s\u2069 has left; %(count)s unfinished note is yours to go on with.", "\u2068%(giver)s\u2069 has left; %(count)s unfinished notes are yours to go on with.", "count"),
    "notes_decided": _decided,
    "notes_brought_in": ngettext_lazy("%(count)s footnote of a text that you accepted is now a draft of yours. Hand it in when you have read it.", "%(count)s footnotes of a text that you accepted are now drafts of yours. Hand them in when you have read them.", "count"),
    "notes_lost_place": _("A text was corrected. Of your notes, in an uncertain place: %(uncertain)s; without their passage: %(lost)s. Put them back."),
}  # fmt: skip
