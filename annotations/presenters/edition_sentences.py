"""The sentences of refusals and findings about editions; each says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = {
    "preflight_failed": _(
        "This edition cannot be sealed yet. What stands in its way is listed, each with where to mend it."
    ),
    "members_hidden": _(
        "Something in this release is not public any more. Make it public, or seal a release without it."
    ),
    "second_factor_missing": _(
        "Publishing needs a second factor. Add an authenticator app to your account, then publish."
    ),
    "bad_license": _("Give the address of a license, beginning with https://."),
    "bad_approvals": _("A note can need one, two or three approvals."),
    "orcid_form": _(
        "This is no ORCID iD. One has sixteen digits, like 0000-0002-1825-0097, or is an address at orcid.org."
    ),
    "orcid_check": _(
        "This is no ORCID iD: its last sign does not fit the others. Copy it once more from orcid.org."
    ),
    "unknown_credit_role": _("One of the roles is none of CRediT. Put it in words instead."),
    "unknown_category": _("Choose one of the kinds that are offered."),
    "unknown_place": _(
        "Notes are on the text, on parts of pictures or on seconds of films: choose among these."
    ),
    "unknown_order": _("Notes are numbered by place, by kind or by author: choose among these."),
    "cover_no_picture": _(
        "This is not a picture of the archive, or you may not see it. Choose one that is offered, or send one in."
    ),
    "unknown_author": _("One of the authors is not known, or there are more than a rule can name."),
    "unknown_group": _("One of the groups is not there, or you are not of it. Take it out."),
    "unknown_language": _("One of the languages is not known."),
    "unknown_term": _("One of the tags is not in the vocabulary any more. Take it out."),
    "unknown_part": _(
        "One of the parts is no text of this work, or has no accepted wording yet. Take it out."
    ),
    "part_twice": _("A part can stand in an edition only once. Take it out in one of its places."),
    "parts_directions": _(
        "Parts of one edition are written in one direction. Take out those that are written in the other, and make an "
        "edition of their own of them."
    ),
    "time_far": _(
        "This is more than two years ahead, which is mostly a slip in the year. Choose an earlier day; it can be "
        "changed as long as it has not come."
    ),
    "edition_released": _(
        "A release of this edition was sealed, so it cannot be put away any more. Withdraw its releases instead."
    ),
    "release_moved": _(
        "Somebody changed meanwhile when this release becomes public. Look at where it stands now, then choose again."
    ),
    "time_past": _("This moment is over. Choose a later one, or publish at once."),
    "not_whole": _(
        "Something in this release is not shown any more, so its exact bytes cannot be given. Choose another form."
    ),
}

#: What preflight found; `%(…)s` are the finding's facts.
FINDINGS: Mapping[str, str | Promise] = {
    "no_text": _("The work has no accepted text yet."),
    "parts_directions": _(
        "The parts are not all written in one direction. Take out those that are written in the other."
    ),
    "part_untitled": _(
        "Part %(number)s has no title and begins with no heading: readers would not see in the contents where it begins."
    ),
    "title_missing": _("The edition has no title in %(language)s."),
    "license_missing": _("The edition has no license: readers could not know what they may do with it."),
    "rights_missing": _("The work says nothing of its rights."),
    "work_title_missing": _("The work has no title in %(language)s; its other title will be shown."),
    "introduction_missing": _("There is no introduction in %(language)s."),
    "tag_split": _(
        "The rule names the tag %(label)s, of which some uses went to %(other)s: notes with that are not taken in. "
        "Add it to the rule if they should be."
    ),
    "tag_merged": _(
        "The rule names the tag %(label)s, which is part of %(other)s now: all notes with that are taken in."
    ),
    "tag_gone": _("The rule names a tag that is not in the vocabulary any more: no note bears it."),
    "no_notes": _("The rule takes no notes in: this would be a text without notes."),
    "undecided": _("This note waits for a decision. Have it decided, or take it out."),
    "newer_waits": _("A newer version of this note waits for a decision; the accepted one is released."),
    "approvals_withheld": _(
        "This note needs more approvals; how many it has is shown after your own decision."
    ),
    "few_approvals": _("This note needs more approvals: it has %(have)s, and %(need)s are asked for."),
    "anchor_missing": _("This note was not carried over to the current wording yet."),
    "anchor_lost": _("This note lost its passage when the text was corrected."),
    "anchor_uncertain": _(
        "The place of this note in the current wording is uncertain (%(score)s%%). Somebody must confirm it."
    ),
    "region_lost": _(
        "The part of the picture that this note is on lies outside of the picture as it is now."
    ),
    "region_uncertain": _(
        "The part of the picture that this note is on reaches beyond the picture as it is now. Place it anew, or take it out."
    ),
    "region_covered": _(
        "Something within this part of the picture is covered: readers will not see all that the note speaks of."
    ),
    "time_lost": _("These seconds lie after the end of the film."),
    "time_uncertain": _(
        "These seconds reach beyond the end of the film. Place them anew, or take the note out."
    ),
    "member_warned": _(
        "Readers are warned of %(label)s first; beside the notes on it no piece of it is shown before they ask for it."
    ),
    "film_lost": _(
        "The film %(label)s is gone and the archive keeps no copy that may be played: readers will have the notes alone."
    ),
    "film_never_captured": _(
        "The archive keeps no copy of the film %(label)s: once it is gone, the notes on it are all that is left."
    ),
    "member_hidden": _(
        "The public may not see %(label)s. Change who may see it, or leave out what shows it."
    ),
    "text_kept_back": _(
        "A section of a text of %(label)s is kept from the public, and a release never changes. "
        "Wait until the section is given free, or leave out what quotes the text."
    ),
    "figure_missing": _("A figure is missing; readers will see a labelled gap: %(caption)s"),
    "image_unready": _("The public copies of this picture are not ready: %(caption)s"),
    "alternative_missing": _("This picture has no words for those who do not see it: %(caption)s"),
    "alternative_silent": _(
        "The words for those who do not see this picture are missing in %(language)s: %(caption)s"
    ),
    "image_rights_missing": _("This picture says nothing of its rights: %(caption)s"),
    "cover_rights_missing": _(
        "The cover %(label)s says nothing of its rights: it goes out to other sites by itself, so they must be known."
    ),
    "cover_warned": _(
        "Readers are warned of the cover %(label)s first: they see it when they ask for it, and other sites and shelves of books do not have it."
    ),
    "dead_link": _("The target of this link is lost: %(words)s"),
    "video_gone": _("This video is no longer at its address: %(label)s"),
    "content_warning": _("Readers see a content warning first: %(words)s"),
}
