"""In which rows of annotations an account is named; see `archive.exports.personal.keys`."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from annotations.access.drafts import kept_words_out
from annotations.enums import Visibility
from archive.kinds import PersonalKey as Key

#: What was handed in is known to others; drafts, private notes and a group's are not.
_HANDED_IN = "submission_items__isnull"

KEYS = (
    Key("annotations.Annotation", "author", _("Your notes"), ("public_id", "status", "visibility", "created_at", "updated_at"),
        told=((f"versions__{_HANDED_IN}", False), ("visibility", Visibility.OPEN))),
    Key(
        "annotations.AnnotationVersion", "created_by", _("What your notes say, in all versions"),
        ("annotation__public_id", "number", "language", "category", "body", "locus__public_id", "locus__kind",
         "locus__text__public_id", "locus__target", "content_hash", "created_at"),
        told=((_HANDED_IN, False), ("annotation__visibility", Visibility.OPEN)),
    ),
    Key("annotations.VersionTag", "version__created_by", _("Tags of your notes"),
        ("version__annotation__public_id", "version__number", "term__public_id", "term__label_ar", "term__label_en"),
        told=((f"version__{_HANDED_IN}", False), ("version__annotation__visibility", Visibility.OPEN))),
    Key("annotations.CrossReference", "version__created_by", _("References of your notes"),
        ("version__annotation__public_id", "version__number", "relation", "is_inverse", "target__public_id", "citation", "note", "note_language"),
        told=((f"version__{_HANDED_IN}", False), ("version__annotation__visibility", Visibility.OPEN))),
    Key("annotations.NoteDraft", "user", _("What you were typing"), ("key", "data", "updated_at"), only_owner=True, is_erased=True,
        cleans={"data": kept_words_out}),
    Key("annotations.NoteStep", "author", _("What you changed about many notes in one step"), ("public_id", "change", "value", "created_at"), only_owner=True),
    Key("annotations.NoteImport", "created_by", _("Files of notes that you sent in"),
        ("public_id", "state", "asked", "created_at"), only_owner=True, is_erased=True),
    Key("annotations.Spread", "author", _("What you put on many passages in one step"), ("public_id", "words", "created_at"), only_owner=True),
    Key("annotations.PickedPlace", "user", _("What you picked up"),
        ("public_id", "text__public_id", "image__public_id", "video__public_id", "work__public_id", "annotation__public_id", "created_at"),
        only_owner=True, is_erased=True),
    Key("annotations.NamedRelation", "created_by", _("Relations that you added"), ("public_id", "code", "name_ar", "name_en", "created_at")),
    Key("annotations.Dismissal", "by", _("Suggestions that you dismissed"), ("public_id", "kind", "created_at")),
    Key("annotations.Submission", "author", _("What you handed in"), ("public_id", "message", "created_at")),
    Key("annotations.Decision", "author", _("What was decided of your notes"),
        ("version__annotation__public_id", "version__number", "outcome", "reason", "suggestion", "created_at")),
    Key("annotations.Decision", "reviewer", _("What you decided"),
        ("version__annotation__public_id", "version__number", "outcome", "reason", "suggestion", "created_at")),
    Key("annotations.Assignment", "reviewer", _("Submissions that you were asked to decide on"), ("submission__public_id", "due_on", "updated_at")),
    Key("annotations.Assignment", "assigned_by", _("Submissions that you assigned"), ("submission__public_id", "due_on", "updated_at")),
    Key("annotations.Report", "answered_by", _("Reports by readers that you answered"), ("public_id", "outcome", "answer", "answered_at")),
    Key("annotations.Anchor", "created_by", _("Places that you put notes back to"), ("locus__public_id", "attempt", "status", "created_at")),
    Key("annotations.Term", "created_by", _("Terms that you proposed"), ("public_id", "kind", "label_ar", "label_en", "created_at")),
    Key("annotations.VocabularyStep", "created_by", _("Steps on the vocabulary that you took"),
        ("public_id", "act", "state", "created_at")),
    Key("annotations.AuthorityFile", "created_by", _("Authority files that you loaded"), ("public_id", "name", "created_at")),
    Key("annotations.Edition", "created_by", _("Editions that you began"), ("public_id", "slug", "created_at")),
    Key("annotations.Release", "sealed_by", _("Releases that you sealed"), ("public_id", "number", "sealed_at")),
    Key("annotations.ReleaseEvent", "created_by", _("Releases that you published or withdrew"),
        ("release__public_id", "kind", "effective_at", "reason", "created_at")),
    Key("annotations.Reply", "author", _("Your replies"), ("public_id", "annotation__public_id", "answers__public_id", "gone", "created_at"), only_owner=True),
    Key("annotations.ReplyVersion", "reply__author", _("What your replies say, in all versions"),
        ("public_id", "reply__public_id", "reply__annotation__public_id", "number", "body", "created_at"), only_owner=True),
    Key("annotations.Mention", "person", _("Replies that mention you"), ("version__reply__public_id", "version__created_at"), only_owner=True),
    Key("annotations.TalkTurn", "created_by", _("Talks that you called settled, or took up again"),
        ("annotation__public_id", "state", "created_at"), only_owner=True),
    Key("annotations.ReplyReport", "created_by", _("Replies that you reported"), ("reply__public_id", "reason", "created_at"), only_owner=True),
    Key("annotations.ReplyReport", "answered_by", _("Reports that you answered, without whose they are"), ("reply__public_id", "answered_at"), only_owner=True),
    Key("annotations.VisibilityChange", "created_by", _("Whom you let see your notes"),
        ("annotation__public_id", "visibility", "group__public_id", "created_at"), only_owner=True),
    Key("annotations.PastEvent", "created_by", why_not="what a package told of others' work; the package itself is named among those brought in"),
)  # fmt: skip
