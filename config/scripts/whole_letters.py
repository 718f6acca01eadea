"""Letters with their dots as one shape each, for fonts that set a dot apart from its letter.

Noto Naskh makes of each dotted letter a bare one and a mark. Set so, every dot is a piece of text of its own in a PDF, with
its own place, tag and letter: half of the time and of the bytes of a printed book. Here a font is given, for each bare letter
and each mark that make a letter, one glyph that is both, put together after all else was chosen; marks that come after find
the places on it that they found on the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from fontTools.otlLib import builder  # type: ignore[import-untyped]
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent  # type: ignore[import-untyped]

#: Of Arabic, Persian, Kurdish, Ottoman Turkish and Urdu. Others stay in two pieces.
LETTERS = (
    *range(0x0622, 0x0627), 0x0628, *range(0x0629, 0x062D), 0x062E, 0x0630, 0x0632, 0x0634, 0x0636, 0x0638, 0x063A, 0x0641,
    0x0642, 0x0646, 0x064A, 0x067E, 0x0686, 0x0698, 0x06A4, 0x06AD, 0x06AF, 0x06B5, 0x0695, 0x06C6, 0x06CE, 0x0679, 0x0688,
    0x0691, 0x06D3,
)  # fmt: skip
SINGLE, MULTIPLE, MARK_TO_BASE, MARK_TO_MARK = 1, 2, 4, 6
#: Features that choose other shapes for a language or by wish; all others apply.
CHOSEN = frozenset({"locl", "pnum", "tnum"})
BASE = 1
Pair = tuple[str, str]


def whole(font: Any) -> int:
    """Add the glyphs and what puts them in; return how many they are."""
    places = {pair: place for pair in _pairs(font) if (place := _place(font, *pair))}
    names = {pair: "_".join(pair) for pair in places}
    font.setGlyphOrder([*font.getGlyphOrder(), *names.values()])
    classes = font["GDEF"].table.GlyphClassDef.classDefs
    for pair, place in places.items():
        _draw(font, names[pair], pair, place)
        classes[names[pair]] = BASE
    _put_together(font, names)
    _keep_places(font, names, places)
    return len(names)


def _subtables(table: Any, kind: int) -> Iterator[tuple[Any, Any]]:
    for lookup in table.table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if inner.LookupType == kind:
                yield lookup, inner


def _pairs(font: Any) -> list[Pair]:
    """Return the bare letters, in all their shapes, with the marks that stand on them."""
    gsub = font["GSUB"]
    features = gsub.table.FeatureList.FeatureRecord
    chosen = {n for one in features if one.FeatureTag in CHOSEN for n in one.Feature.LookupListIndex}
    follows: dict[str, set[str]] = {}
    parts: dict[str, list[str]] = {}
    for number, lookup in enumerate(gsub.table.LookupList.Lookup):
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if number in chosen or inner.LookupType not in (SINGLE, MULTIPLE):
                continue
            for before, after in inner.mapping.items():
                shapes = [after] if isinstance(after, str) else after
                if len(shapes) == 1:
                    follows.setdefault(before, set()).add(shapes[0])
                else:
                    parts.setdefault(before, shapes)
    names = font.getBestCmap()
    made = [parts[names[letter]] for letter in LETTERS if len(parts.get(names.get(letter, ""), ())) == 2]
    return sorted(
        {(b, m) for base, mark in made for b in _reached(base, follows) for m in _reached(mark, follows)}
    )


def _reached(name: str, follows: dict[str, set[str]]) -> set[str]:
    found, waiting = {name}, [name]
    while waiting:
        new = follows.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _place(font: Any, base: str, mark: str) -> tuple[int, int] | None:
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


def _draw(font: Any, name: str, pair: Pair, place: tuple[int, int]) -> None:
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part, (x, y) in zip(pair, ((0, 0), place), strict=True):
        component = GlyphComponent()
        component.glyphName, component.x, component.y, component.flags = part, x, y, 0x0004
        glyph.components.append(component)
    glyf = font["glyf"]
    glyf.glyphs[name] = glyph
    glyph.recalcBounds(glyf)
    font["hmtx"][name] = font["hmtx"][pair[0]][0], glyph.xMin


def _put_together(font: Any, names: dict[Pair, str]) -> None:
    """Add the last of the rules for required ligatures: a bare letter and its mark are one."""
    table = font["GSUB"].table
    rule = builder.buildLookup([builder.buildLigatureSubstSubtable(names)])
    table.LookupList.Lookup.append(rule)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex.append(len(table.LookupList.Lookup) - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _keep_places(font: Any, names: dict[Pair, str], places: dict[Pair, tuple[int, int]]) -> None:
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


def _moved(rule: Any, stacked: Any, mark: str, place: tuple[int, int]) -> list[Any]:
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
