"""Which way a language is written."""

from __future__ import annotations

import unicodedata

RTL_LANGUAGES = frozenset(
    """
    ar arc arz ajp apc acm ary aeb aii azb ckb dv fa glk he jpr jrb khw ks lrc mzn nqo otk pnb ps prs sam sd
    skr syc syr tmr ug ur yi
    """.split()  # noqa: SIM905 - a list of 36 strings is harder to read.
)
RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "samr", "mand", "rohg", "adlm"})


def direction_of(language: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 tag; a script subtag outweighs the language."""
    subtags = language.lower().replace("_", "-").split("-")
    scripts = [tag for tag in subtags[1:] if len(tag) == 4 and tag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RTL_SCRIPTS else "ltr"
    return "rtl" if subtags[0] in RTL_LANGUAGES else "ltr"


def contrary(words: str, direction: str) -> str:
    """Return the other direction when every letter of `words` is written that way, else nothing.

    One letter of the text's own direction is enough to keep it: an Arabic line may begin with a Latin name.
    """
    ways = {_WAYS.get(unicodedata.bidirectional(character)) for character in words} - {None}
    other = "ltr" if direction == "rtl" else "rtl"
    return other if ways == {other} else ""


def isolated(words: str, direction: str) -> str:
    """Return the words so that what stands beside them in a sentence of `direction` keeps its place (UAX 9, FSI and PDI)."""
    other = "ltr" if direction == "rtl" else "rtl"
    is_mixed = any(_WAYS.get(unicodedata.bidirectional(character)) == other for character in words)
    return f"\u2068{words}\u2069" if is_mixed else words


_WAYS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
