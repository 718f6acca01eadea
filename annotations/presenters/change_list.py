"""What changed since the last release, as the sentences with which an editor begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.editions.compare import Comparison
from annotations.editions.values import Note
from annotations.presenters.placed import quotation

#: Notes that one sentence names.
MOST = 8
FRONT: Mapping[str, str | Promise] = {
    "title": gettext_lazy("the title"), "introduction": gettext_lazy("the introduction"),
    "credits": gettext_lazy("the credits"), "license": gettext_lazy("the license"), "cover": gettext_lazy("the cover"),
    "order": gettext_lazy("the order of the notes"), "parts": gettext_lazy("the parts or their order"),
}  # fmt: skip


def change_lists(found: Comparison) -> dict[str, str]:
    """Return the list in each language, a sentence a line; empty when nothing that is read differs.

    Notes are named by words of the new release alone: what was left out may have had its reasons.
    """
    lists = {}
    for language in ("ar", "en"):
        with translation.override(language):
            lists[language] = "\n".join(_sentences(found))
    return lists


def _sentences(found: Comparison) -> Iterator[str]:
    if count := len(found.text):
        yield ngettext("The text changed in %(n)s place.", "The text changed in %(n)s places.", count) % {
            "n": count
        }
    if count := len(found.added):
        words = ngettext("%(n)s note was added", "%(n)s notes were added", count) % {"n": count}
        yield _naming(words, found.added)
    if count := len(found.removed):
        yield ngettext("%(n)s note was left out.", "%(n)s notes were left out.", count) % {"n": count}
    if count := len(found.changed):
        words = ngettext("%(n)s note was changed", "%(n)s notes were changed", count) % {"n": count}
        yield _naming(words, [new for _old, new in found.changed])
    if count := len(found.moved):
        words = ngettext("%(n)s note stands on other words", "%(n)s notes stand on other words", count) % {
            "n": count
        }
        yield _naming(words, [new for _old, new in found.moved])
    if found.front:
        yield _("Changed besides: %(what)s.") % {
            "what": _(", ").join(str(FRONT[name]) for name in found.front)
        }


def _naming(words: str, notes: Sequence[Note]) -> str:
    """Return the sentence with the words of the text on which the first of the notes stand."""
    quoted = [quotation(note.exact) for note in notes if note.exact][:MOST]
    if not quoted:
        return f"{words}."
    named = _(", ").join(quoted)
    return f"{words}: {named}{'…' if len(notes) > len(quoted) else '.'}"
