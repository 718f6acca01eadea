"""Addresses made of titles: Latin letters, so that they survive mail programs and being read out."""

from __future__ import annotations

import re
import unicodedata

_ARABIC = """
ا a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع a غ gh ف f ق q ك k ل l
م m ن n ه h و w
ي y ء a أ a إ i آ a ؤ u ئ i ى a ة a پ p چ ch ژ zh گ g ک k ی y
"""
_HEBREW = """
א a ב b ג g ד d ה h ו v ז z ח h ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע a פ p ף f צ ts ץ ts ק q ר r ש sh ת t
"""
_GREEK_AND_CYRILLIC = """
α a β b γ g δ d ε e ζ z η e θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s τ t υ y φ ph χ ch ψ ps ω o ς s
а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch
ш sh щ shch ы y
э e ю yu я ya
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_LETTERS = _pairs(_ARABIC) | _pairs(_HEBREW) | _pairs(_GREEK_AND_CYRILLIC)
_ARTICLE = re.compile(r"\bال(?=\w{3})")


def slug_of(title: str, *, longest: int = 60) -> str:
    """Return a title as lower-case ASCII words joined by hyphens; "" when nothing in it can be written so."""
    plain = unicodedata.normalize("NFKC", title.casefold())
    plain = unicodedata.normalize("NFD", _ARTICLE.sub("al-", _transliterated(plain)))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter != "ـ")
    slug = ""
    for word in re.findall(r"[a-z0-9]+", _transliterated(bare)):
        if len(slug) + len(word) + 1 > longest:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug


def _transliterated(text: str) -> str:
    return "".join(_LETTERS.get(letter, letter) for letter in _ARTICLE.sub("al-", text))
