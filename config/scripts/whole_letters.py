"""Letters with their dots and vowel signs as one shape each, for fonts that set these apart from the letter.

Noto Naskh makes of each dotted letter a bare one and a mark. Set so, every dot and every vowel is a piece of text of its own in
a PDF, with its own place and tag: half of the time and of the bytes of a printed book. And each says the whole of what it
stands for, so that a vowel's letter is read out twice. Here a font is given, for each letter and each mark that stands on it,
one glyph that is both, put together after all else was chosen; marks that come after find the places on it that they found on
the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from fontTools.otlLib import builder  # type: ignore[import-untyped]
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent  # type: ignore[import-untyped]

#: Of Arabic, Persian, Kurdish, Ottoman Turkish and Urdu. Others stay in two pieces.
LETTERS = (
    *range(0x0622, 0x0627), 0x0628, *range(0x0629, 0x062D), 0x062E, 0x0630, 0x0632, 0x0634, 0x0636, 0x0638, 0x063A, 0x0641,
    0x0642, 0x0643, 0x0646, 0x064A, 0x067E, 0x0686, 0x0698, 0x06A4, 0x06AD, 0x06AF, 0x06B5, 0x0695, 0x06C6, 0x06CE, 0x0679, 0x0688,
    0x0691, 0x06D3,
)  # fmt: skip
#: Letters that vowel signs are put on: those of Arabic, and four that Persian adds.
VOWELED = (
    *range(0x0621, 0x063B),
    *range(0x0640, 0x064B),
    0x0671,
    0x067E,
    0x0686,
    0x06A4,
    0x06A9,
    0x06AF,
    0x06CC,
)
VOWELS = (*range(0x064B, 0x0653), 0x0670)
#: What stands over a shadda or a fatha by itself. The rest is one mark with its shadda; with a small alif that makes the name
#: of God, which has a shape of its own.
OVER = {0x0651: (0x064C, 0x064E, 0x064F), 0x064E: (0x0670,)}
ON_SHADDA = ("uni0651064B", "uni0651064D", "uni06510650")
SINGLE, MULTIPLE, MARK_TO_BASE, MARK_TO_MARK = 1, 2, 4, 6
#: Features that choose other shapes for a language or by wish; all others apply.
CHOSEN = frozenset({"locl", "pnum", "tnum"})
BASE = 1
Pair = tuple[str, str]
Place = tuple[int, int]


def whole(font: Any) -> int:
    """Add the glyphs and what puts them in; return how many they are."""
    shapes = _Shapes(font)
    # An alif after a lam says nothing of where its lower hamza stands: the shaper leaves it at the letter's own beginning.
    dotted = _join(font, shapes.dotted(LETTERS), otherwise=(0, 0))
    letters = [*shapes.plain(VOWELED), *(dotted[pair] for pair in shapes.dotted(VOWELED) if pair in dotted)]
    voweled = _join(font, [(letter, sign) for letter in letters for sign in shapes.signs()])
    again = _join(font, shapes.again(voweled))
    return len(dotted) + len(voweled) + len(again)


def _join(font: Any, pairs: Iterable[Pair], otherwise: Place | None = None) -> dict[Pair, str]:
    """Make one glyph of each pair of which the font knows where the second stands on the first."""
    places = {pair: place for pair in pairs if (place := _place(font, *pair) or otherwise)}
    names = {pair: "_".join(pair) for pair in places}
    font.setGlyphOrder([*font.getGlyphOrder(), *names.values()])
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    for pair, place in places.items():
        _draw(font, names[pair], pair, place)
        classes[names[pair]] = BASE
    _put_together(font, names)
    _keep_places(font, names, places)
    return names


def _subtables(table: Any, kind: int) -> Iterator[tuple[Any, Any]]:
    for lookup in table.table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == kind:
                yield lookup, inner


class _Shapes:
    """Which shapes letters and marks take in a font, and of what it makes them."""

    def __init__(self, font: Any) -> None:
        self.names = font.getBestCmap()
        self.follows: dict[str, set[str]] = {}
        self.parts: dict[str, list[list[str]]] = {}
        gsub = font["GSUB"]
        features = gsub.table.FeatureList.FeatureRecord
        chosen = {n for one in features if one.FeatureTag in CHOSEN for n in one.Feature.LookupListIndex}
        for number, lookup in enumerate(gsub.table.LookupList.Lookup):
            for subtable in lookup.SubTable:
                inner = getattr(subtable, "ExtSubTable", subtable)
                if number not in chosen and inner.LookupType in (SINGLE, MULTIPLE):
                    self._learn(inner.mapping)

    def _learn(self, mapping: dict[str, Any]) -> None:
        for before, after in mapping.items():
            shapes = [after] if isinstance(after, str) else after
            if len(shapes) == 1:
                self.follows.setdefault(before, set()).add(shapes[0])
            else:
                self.parts.setdefault(before, []).append(shapes)

    def dotted(self, letters: Iterable[int]) -> list[Pair]:
        """Return the bare ones of these letters, in all their shapes, with the marks that stand on them."""
        shapes = {shape for letter in letters for shape in self._reached(self.names.get(letter, ""))}
        made = [pair for shape in shapes for pair in self.parts.get(shape, ()) if len(pair) == 2]
        reached = ((b, m) for base, mark in made for b in self._reached(base) for m in self._reached(mark))
        return sorted(set(reached))

    def plain(self, letters: Iterable[int]) -> list[str]:
        """Return the shapes of these letters that are of one piece: a kaf is in some places and not in others."""
        shapes = {shape for letter in letters for shape in self._reached(self.names.get(letter, ""))}
        return sorted(shapes - set(self.parts) - {""})

    def signs(self) -> list[str]:
        """Return the vowel signs."""
        return [*(self.names[sign] for sign in VOWELS), *ON_SHADDA]

    def again(self, voweled: dict[Pair, str]) -> list[Pair]:
        """Return the letters that have one sign with the signs that may stand over it."""
        over = {self.names[first]: [self.names[one] for one in others] for first, others in OVER.items()}
        return [(name, sign) for (_letter, first), name in voweled.items() for sign in over.get(first, ())]

    def _reached(self, name: str) -> set[str]:
        return _reached(name, self.follows)


def _reached(name: str, follows: dict[str, set[str]]) -> set[str]:
    found, waiting = {name}, [name]
    while waiting:
        new = follows.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _place(font: Any, base: str, mark: str) -> Place | None:
    """Return where the mark stands on the letter, as the last rule has it that knows both."""
    found = None
    for _lookup, rule in _subtables(font["GPOS"], MARK_TO_BASE):
        if mark in rule.MarkCoverage.glyphs and base in rule.BaseCoverage.glyphs:
            record = rule.MarkArray.MarkRecord[rule.MarkCoverage.glyphs.index(mark)]
            anchors = rule.BaseArray.BaseRecord[rule.BaseCoverage.glyphs.index(base)].BaseAnchor
            if anchor := anchors[record.Class]:
                own = record.MarkAnchor
                found = anchor.XCoordinate - own.XCoordinate, anchor.YCoordinate - own.YCoordinate
    return found


def _draw(font: Any, name: str, pair: Pair, place: Place) -> None:
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    glyf = font["glyf"]
    for part, (x, y) in [*_components(glyf, pair[0]), (pair[1], place)]:
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = part, x, y, 0x0004
        glyph.components.append(component)
    glyf.glyphs[name] = glyph
    glyph.recalcBounds(glyf)
    font["hmtx"][name] = font["hmtx"][pair[0]][0], glyph.xMin


def _components(glyf: Any, name: str) -> list[tuple[str, Place]]:
    """Return what a letter was made of here, so that no shape is made of made ones."""
    glyph = glyf[name]
    if not glyph.isComposite() or any(one.flags & ~0x0004 for one in glyph.components):
        return [(name, (0, 0))]
    return [(one.glyphName, (one.x, one.y)) for one in glyph.components]


def _put_together(font: Any, names: dict[Pair, str]) -> None:
    """Add the last of the rules for required ligatures: a letter and its mark are one."""
    table = font["GSUB"].table
    rule = builder.buildLookup([builder.buildLigatureSubstSubtable(names)])
    table.LookupList.Lookup.append(rule)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex.append(len(table.LookupList.Lookup) - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _keep_places(font: Any, names: dict[Pair, str], places: dict[Pair, Place]) -> None:
    """Give each whole letter the places of its bare one; where a mark would stand on the dots, the place that is there."""
    gpos, order = font["GPOS"], {name: n for n, name in enumerate(font.getGlyphOrder())}
    sets = font["GDEF"].table.MarkGlyphSetsDef.Coverage
    stacked = list(_subtables(gpos, MARK_TO_MARK))
    for _lookup, rule in _subtables(gpos, MARK_TO_BASE):
        known = dict(zip(rule.BaseCoverage.glyphs, rule.BaseArray.BaseRecord, strict=True))
        over = [
            (lookup, one) for lookup, one in stacked if one.Mark1Coverage.glyphs == rule.MarkCoverage.glyphs
        ]
        for pair, name in names.items():
            if pair[0] not in known:
                continue
            known[name] = deepcopy(known[pair[0]])
            for lookup, one in over:
                if pair[1] in one.Mark2Coverage.glyphs and pair[1] in sets[lookup.MarkFilteringSet].glyphs:
                    known[name].BaseAnchor = _moved(rule, one, pair[1], places[pair])
        rule.BaseCoverage.glyphs = sorted(known, key=order.__getitem__)
        rule.BaseArray.BaseRecord = [known[name] for name in rule.BaseCoverage.glyphs]
        rule.BaseArray.BaseCount = len(known)


def _moved(rule: Any, stacked: Any, mark: str, place: Place) -> list[Any]:
    """Return the places on a mark as places on the letter on which it stands."""
    same = zip(rule.MarkArray.MarkRecord, stacked.Mark1Array.MarkRecord, strict=True)
    if not all(_at(one.MarkAnchor) == _at(other.MarkAnchor) for one, other in same):
        raise ValueError("Marks hang otherwise on dots than on letters.")
    anchors = deepcopy(stacked.Mark2Array.Mark2Record[stacked.Mark2Coverage.glyphs.index(mark)].Mark2Anchor)
    for anchor in filter(None, anchors):
        anchor.XCoordinate += place[0]
        anchor.YCoordinate += place[1]
    return anchors


def _at(anchor: Any) -> tuple[int, int]:
    return anchor.XCoordinate, anchor.YCoordinate
