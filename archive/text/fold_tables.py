"""The tables of folding: which letters are one, and which characters leave no trace."""

#: Letters that are written for each other, after decomposition (which has already turned أ into ا, ئ into ي).
LETTERS = {
    "ٱ": "ا",
    "ى": "ي",
    "ة": "ه",
    # Persian, Urdu and Kurdish letters for the same sounds.
    "ک": "ك",
    "ڪ": "ك",
    "ی": "ي",
    "ے": "ي",
    "ہ": "ه",
    "ۃ": "ه",
    "ە": "ه",
    "ھ": "ه",
    # Latin letters that do not decompose.
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    # The basmala in one character has no decomposition.
    "﷽": "بسم الله الرحمن الرحيم",
}

#: Inclusive ranges of what leaves no trace: marks, joiners, controls.
DROPPED = (
    (0x00AD, 0x00AD),  # Soft hyphen.
    (0x02BE, 0x02BF),  # Hamza and ayn of transliteration.
    (0x0300, 0x036F),  # Accents, and the grapheme joiner among them.
    (0x0483, 0x0489),  # Cyrillic titlo.
    (0x0591, 0x05BD),  # Hebrew accents and niqqud.
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Honorifics and small letters above.
    (0x061C, 0x061C),  # Arabic letter mark.
    (0x0640, 0x0640),  # Tatweel.
    (0x064B, 0x065F),  # Tashkeel, and the hamzas that combine.
    (0x0670, 0x0670),  # Superscript alef.
    (0x0674, 0x0674),  # High hamza.
    (0x06D6, 0x06DC),  # Quranic marks; the signs U+06DD, U+06DE and U+06E9 are no marks and stay.
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0711, 0x0711),  # Syriac.
    (0x0730, 0x074A),
    (0x0898, 0x089F),  # Arabic Extended-B and -A.
    (0x08CA, 0x08FF),
    (0x1AB0, 0x1AFF),  # More accents.
    (0x1DC0, 0x1DFF),
    (0x200C, 0x200F),  # Joiners and direction marks.
    (0x202A, 0x202E),  # Bidi embeddings and overrides.
    (0x2060, 0x2064),  # Word joiner, invisible operators.
    (0x2066, 0x2069),  # Bidi isolates.
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),  # Variation selectors.
    (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF),  # Byte order mark.
)

#: Of the dropped ones, those that direct the text and belong to no letter.
CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
