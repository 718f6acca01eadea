"""Who may do what to terms and relations, to steps on the vocabulary and to authority files."""

from __future__ import annotations

from annotations.access.declarations import VOCABULARY_KEEPER, WRITER
from annotations.enums import TermStatus
from annotations.models import (
    AuthorityFile,
    AuthorityName,
    AuthorityRecord,
    NamedRelation,
    TagMove,
    Term,
    VocabularyRow,
    VocabularyStep,
)
from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, MEMBER, Field, Own, Through


def declare_vocabulary() -> None:
    """Fill the registry; called once when the app is ready."""
    declare(
        Term,
        VIEW,
        MEMBER | Field("status", TermStatus.ESTABLISHED),
        "Established terms are public; proposed ones are seen by members.",
    )
    declare(Term, "add", WRITER, "Those who write notes propose terms.")
    declare(Term, "establish", VOCABULARY_KEEPER, "Keepers of the vocabulary establish terms.")
    declare(
        Term,
        "change",
        VOCABULARY_KEEPER | (Own("created_by") & Field("status", TermStatus.PROPOSED)),
        "Keepers of the vocabulary change terms, and people their own proposals.",
    )
    declare(
        NamedRelation, VIEW, EVERYONE, "What relations are called is public, as are the established terms."
    )
    for act, words in (("add", "add"), ("change", "rename and retire")):
        declare(NamedRelation, act, VOCABULARY_KEEPER, f"Keepers of the vocabulary {words} relations.")
    for model, sentence in (
        (VocabularyStep, "Keepers of the vocabulary see what was done to it in one step."),
        (VocabularyRow, "A row is seen with its step."),
        (TagMove, "Keepers of the vocabulary see which tags a split moved."),
    ):
        declare(model, VIEW, VOCABULARY_KEEPER, sentence)
    declare(VocabularyStep, "add", VOCABULARY_KEEPER, "Keepers of the vocabulary merge, split and import.")
    declare(VocabularyStep, "change", VOCABULARY_KEEPER, "Keepers of the vocabulary undo steps.")
    declare(
        AuthorityFile,
        VIEW,
        VOCABULARY_KEEPER | Field("is_open", True),
        "Authority files are asked by tools without an account when they are open; keepers of the vocabulary see all.",
    )
    declare(AuthorityFile, "add", VOCABULARY_KEEPER, "Keepers of the vocabulary load authority files.")
    declare(AuthorityFile, "change", VOCABULARY_KEEPER, "Keepers of the vocabulary change authority files.")
    for model in (AuthorityRecord, AuthorityName):
        declare(
            model,
            VIEW,
            VOCABULARY_KEEPER | Through("file", Field("is_open", True)),
            "An entry of an authority file is seen with its file.",
        )
