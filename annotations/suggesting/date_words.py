"""How Arabic and English texts write days, months and years: tables and patterns over folded words."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Months as the Levant, Egypt, the Maghreb and English texts name them, folded (`archive.text.folding`).
GREGORIAN = {
    name: number
    for number, names in enumerate(
        (
            "كانون الثاني|كانون ثاني|كانون الثان|يناير|ينايير|جانفي|january|jan",
            "شباط|فبراير|فيفري|february|feb",
            "اذار|مارس|march|mar",
            "نيسان|ابريل|افريل|april|apr",
            "ايار|مايو|ماي|may",
            "حزيران|يونيو|يونيه|جوان|june|jun",
            "تموز|يوليو|يوليه|جويليه|july|jul",
            "اب|اغسطس|اوت|غشت|august|aug",
            "ايلول|سبتمبر|شتنبر|september|sept|sep",
            "تشرين الاول|تشرين اول|اكتوبر|october|oct",
            "تشرين الثاني|تشرين ثاني|نوفمبر|نونبر|november|nov",
            "كانون الاول|كانون اول|ديسمبر|دجنبر|december|dec",
        ),
        1,
    )
    for name in names.split("|")
}
HIJRI = {
    name: number
    for number, names in enumerate(
        (
            "محرم الحرام|المحرم|محرم|muharram",
            "صفر الخير|صفر|safar",
            "ربيع الاول|ربيع اول|rabi i",
            "ربيع الاخر|ربيع الثاني|ربيع ثاني|rabi ii",
            "جمادي الاولي|جمادي الاول|جمادي اولي|jumada i",
            "جمادي الاخره|جمادي الثانيه|جمادي الاخر|جمادي الثاني|jumada ii",
            "رجب الفرد|رجب|rajab",
            "شعبان|shaban",
            "رمضان المبارك|رمضان|ramadan",
            "شوال|shawwal",
            "ذو القعده|ذي القعده|dhu al-qada",
            "ذو الحجه|ذي الحجه|dhu al-hijja",
        ),
        1,
    )
    for name in names.split("|")
}
#: Words that mean something else, or somebody, more often than a month: «آب» has come back, «مارس» has practised.
DOUBTFUL = frozenset(
    {"اب", "مارس", "ماي", "جوان", "اوت", "صفر", "رجب", "شعبان", "محرم", "may", "march", "mar", "august"}
)

#: «سلخ رمضان»: the last day, whichever it is.
LAST = 99
_UNITS = ("", "حادي", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع")
_TENS = {"عشر": 10, "عشرين": 20, "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30}
_ENGLISH = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip


def _ordinals() -> dict[str, int]:
    """Return the ordinals to 31, each in the spelling that `ordinal` makes of a text's words."""
    found = {"اول": 1, "فاتح": 1, "غره": 1, "مستهل": 1, "عاشر": 10, "سلخ": LAST}
    for unit, name in enumerate(_UNITS):
        if unit > 1:
            found[name] = unit
        for tens, number in _TENS.items():
            if not unit:
                found[tens] = number if number > 10 else 0
            elif number == 10:
                found[f"{name} عشر"] = 10 + unit
            elif unit + number <= 31:
                found[f"{name} و{tens}"] = number + unit
    found["واحد وعشرين"] = 21
    found |= {name: number for number, name in enumerate(_ENGLISH) if name}
    found |= {f"twenty {_ENGLISH[unit]}": 20 + unit for unit in range(1, 10)}
    found |= {"thirtieth": 30, "thirty first": 31}
    return {name: number for name, number in found.items() if number}


ORDINALS = _ordinals()


def alternatives(names: Iterable[str]) -> str:
    """Return a pattern of any of these names, the longest first, with any white space between their words."""
    return "|".join(
        re.escape(name).replace("\\ ", r"\s+") for name in sorted(names, key=lambda name: (-len(name), name))
    )


def _ordinal_pattern() -> str:
    parts = []
    for name in sorted(ORDINALS, key=len, reverse=True):
        if name.isascii():
            parts.append(name.replace(" ", r"[\s-]"))
            continue
        first, space, second = name.partition(" ")
        second = second.replace("و", "و(?:ال)?", 1) if second.startswith("و") else f"(?:ال)?{second}"
        parts.append(rf"(?:ال)?{first}" + (rf"\s+{second}" if space else ""))
    return "|".join(parts)


#: An ordinal in words; `ordinal` reads it.
ORDINAL = _ordinal_pattern()
#: A day of a month, in digits or words.
DAY = (
    rf"(?<![\w./:,])(?<!\d{{3}}-)(?<!-\d-)[وف]?[بل]?(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\w])|(?:{ORDINAL})(?!\w))"
)


def ordinal(words: str) -> int | None:
    """Return the number that digits or an ordinal say, with whatever is written before it; None for neither."""
    digits = re.search(r"\d+", words)
    if digits:
        return int(digits[0])
    plain = " ".join(words.replace("-", " ").split())
    for prefix in ("", "و", "ف", "ب", "ل", "وب", "ول"):
        if plain.startswith(prefix):
            bare = re.sub(r"(^| )(و?)ال(?=\w{3})", r"\1\2", plain[len(prefix) :])
            if bare in ORDINALS:
                return ORDINALS[bare]
    return None


_COUNT = {
    "احدي": 1, "احد": 1, "واحده": 1, "واحد": 1, "اثنتين": 2, "اثنتي": 2, "اثنين": 2, "اثني": 2, "ثلاث": 3, "ثلاثه": 3,
    "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8,
    "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10, "عشرين": 20, "ثلاثين": 30, "اربعين": 40, "خمسين": 50,
    "ستين": 60, "سبعين": 70, "ثمانين": 80, "تسعين": 90, "الف": 1000, "الفين": 2000,
}  # fmt: skip
for _name, _number in (("", 1), ("ثلاث", 3), ("اربع", 4), ("خمس", 5), ("ست", 6), ("سبع", 7), ("ثمان", 8), ("ثماني", 8), ("تسع", 9)):  # fmt: skip
    for _hundred in ("ميه", "مايه"):
        _COUNT[f"{_name}{_hundred}"] = 100 * _number
_COUNT |= {"ميتين": 200, "مايتين": 200}
_COUNT |= {
    name[:-2] + "ون": number for name, number in _COUNT.items() if name.endswith("ين") and 20 <= number < 100
}
#: Numbers in words that stand one after the other: «خمس وستمائة».
COUNT = rf"(?:و?(?:{alternatives(_COUNT)})(?!\w)\s*)+"


def count(words: str) -> int:
    """Return the sum of numbers in words."""
    return sum(_COUNT.get(word, _COUNT.get(word[1:], 0)) for word in words.split())


DECADES = {"عشرين": 2, "ثلاثين": 3, "اربعين": 4, "خمسين": 5, "ستين": 6, "سبعين": 7, "ثمانين": 8, "تسعين": 9}
ENGLISH_DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip
SEASONS = {
    "ربيع": 21, "صيف": 22, "خريف": 23, "شتاء": 24,
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
}  # fmt: skip
