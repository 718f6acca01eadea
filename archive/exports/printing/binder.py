"""Bind parts of a book, each set by itself, into one PDF/UA-1: a program for a limited process, like `setter.py`.

`python -I binder.py` reads what it shall do, as JSON. Of `{"root": …, "look": FILE}` it answers `{"pages": how many,
"places": {heading: page, from 0}}`. Of `{"root": …, "parts": […], "headings": […], "out": FILE}` it binds them: `parts` are
`{"file", "pages", "blocks"}`, of which the first so many pages and blocks are left out; `headings` are `[name, level,
words]`, in order.

Pages, fonts and the structure of what is on them are copied as they are. What is said once for a whole book is made
anew: numbers by which pages find their structure, names, bookmarks, the links `#NAME` of the contents, how many pages.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, OutlineItem, Page, Pdf, String

#: While they are copied pages bear another name, or nothing that points at them would be.
LEAF, PAGE = Name("/Leaf"), Name("/Page")
_COUNT = re.compile(rb"(?<=<xmpTPg:NPages>)\d+")


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Look at one file, or write the book."""
    root = Path(request["root"])
    if "look" in request:
        return look(root / request["look"])
    first_part, *others = request["parts"]
    with pikepdf.open(root / first_part["file"]) as first:
        book = Book(first)
        for number, part in enumerate(others, start=1):
            with pikepdf.open(root / part["file"]) as source:
                book.add(source, number=number, pages=part["pages"], blocks=part["blocks"])
        book.finish(request["headings"])
        first.save(root / request["out"], deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return {}


def look(path: Path) -> dict[str, Any]:
    """Return how many pages there are, and on which of them each heading is."""
    with pikepdf.open(path) as pdf:
        numbers: dict[tuple[int, int], int] = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        places = {name: numbers[place[0].objgen] for name, place in _places(pdf)}
        return {"pages": len(numbers), "places": places}


class Book:
    """The first part, to which the others are added."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.tree = pdf.Root.StructTreeRoot
        self.document: Object = self.tree.K[0]
        self.blocks: list[Object] = list(self.document.K)
        self.owners: list[Object | int] = list(self.tree.ParentTree.Nums)
        self.next = int(self.tree.ParentTreeNextKey)
        self.roles: dict[str, Object] = dict(self.tree.RoleMap.items()) if "/RoleMap" in self.tree else {}
        self.idents = dict(_idents(pdf))
        self.places: dict[str, Object] = dict(_places(pdf))
        self.front = len(pdf.pages)

    def add(self, source: Pdf, *, number: int, pages: int, blocks: int) -> None:
        """Append a part without its first pages and blocks; by its number its elements are told from those of others."""
        tree, leaves = source.Root.StructTreeRoot, [page.obj for page in source.pages]
        gone = {key for leaf in leaves[:pages] for key, _holder in _keys(leaf)}
        for leaf in leaves:
            leaf.Type = LEAF
            del leaf["/Parent"]
        nums = list(tree.ParentTree.Nums)
        copied = self.pdf.copy_foreign(
            source.make_indirect(Dictionary(
                Leaves=Array(leaves[pages:]), Blocks=Array(list(tree.K[0].K)[blocks:]),
                Owners=Array([one for key, one in zip(nums[::2], nums[1::2], strict=True) if int(key) not in gone]),
                Idents=Array([one for _name, one in _idents(source)]),
                Places=Array([one for _name, one in _places(source)]),
            ))
        )  # fmt: skip
        self._add_pages(copied.Leaves)
        for block in copied.Blocks:
            block.P = self.document
            self.blocks.append(block)
        self._add_idents(copied.Idents, f"{number}: ")
        keys = (int(key) for key in nums[::2] if int(key) not in gone)
        for key, owner in zip(keys, copied.Owners, strict=True):
            self.owners += [self.next + key, owner]
        self.next += int(tree.ParentTreeNextKey)
        self.places.update(zip((name for name, _place in _places(source)), copied.Places, strict=True))
        self.roles.update(dict(tree.RoleMap.items()) if "/RoleMap" in tree else {})

    def _add_pages(self, leaves: Iterable[Object]) -> None:
        for leaf in leaves:
            leaf.Type = PAGE
            for key, (holder, name) in _keys(leaf):
                holder[name] = self.next + key
            self.pdf.pages.append(Page(leaf))

    def _add_idents(self, named: Iterable[Object], before: str) -> None:
        """Call elements by names that no other part has, also where the cells of a table name its heads."""
        tables = dict[tuple[int, int], Object]()
        for one in named:
            one.ID = String(f"{before}{one.ID}")
            self.idents[str(one.ID)] = one
            if one.S == "/TH":
                table = _table_of(one)
                tables[table.objgen] = table
        for cell in _below(tables.values()):
            for attributes in _attributes(cell):
                if "/Headers" in attributes:
                    attributes.Headers = Array([String(f"{before}{ident}") for ident in attributes.Headers])

    def finish(self, headings: list[tuple[str, int, str]]) -> None:
        """Say what is said once for the whole book."""
        self.document.K = Array(self.blocks)
        self.tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(self.owners)))
        self.tree.ParentTreeNextKey = self.next
        self.tree.RoleMap = Dictionary({name: Name(str(role)) for name, role in sorted(self.roles.items())})
        if self.idents:
            self.tree.IDTree = self.pdf.make_indirect(_names(self.idents))
        self.pdf.Root.Names = Dictionary(Dests=_names(self.places))
        self._link({name: words for name, _level, words in headings})
        self._bookmark(headings)
        said = self.pdf.Root.Metadata
        said.write(_COUNT.sub(str(len(self.pdf.pages)).encode(), said.read_bytes()))

    def _link(self, words: dict[str, str]) -> None:
        """Lead from the contents to the headings, which were in other files when they were set."""
        for page in list(self.pdf.pages)[: self.front]:
            for link in page.obj.get("/Annots", Array()):
                address = str(link.A.get("/URI", "")) if "/A" in link else ""
                if address.startswith("#"):
                    del link["/A"]
                    link.Dest = String(address[1:])
                    link.Contents = String(words[address[1:]])

    def _bookmark(self, headings: list[tuple[str, int, str]]) -> None:
        if "/Outlines" in self.pdf.Root:
            del self.pdf.Root["/Outlines"]
        with self.pdf.open_outline() as outline:
            above: list[tuple[int, OutlineItem]] = []
            for name, level, words in headings:
                mark = OutlineItem(words, Array(list(self.places[name])))
                mark.is_closed = True
                while above and above[-1][0] >= level:
                    above.pop()
                (above[-1][1].children if above else outline.root).append(mark)
                above.append((level, mark))


def _table_of(head: Object) -> Object:
    table = head
    while table.S != "/Table":
        table = table.P
    return table


def _below(blocks: Iterable[Object]) -> Iterator[Object]:
    """Yield all elements of the structure in and below these."""
    left = list(blocks)
    while left:
        one = left.pop()
        if isinstance(one, Array):
            left += list(one)
        elif isinstance(one, Dictionary) and "/S" in one:
            yield one
            if "/K" in one:
                left.append(one.K)


def _attributes(one: Object) -> list[Object]:
    found = one.get("/A", Array())
    return [
        attributes
        for attributes in (found if isinstance(found, Array) else [found])
        if isinstance(attributes, Dictionary)
    ]


def _keys(leaf: Object) -> Iterator[tuple[int, tuple[Object, str]]]:
    """Yield the numbers by which a page and what is pointed out on it find their structure, and where each stands."""
    if "/StructParents" in leaf:
        yield int(leaf.StructParents), (leaf, "/StructParents")
    for link in leaf.get("/Annots", Array()):
        if "/StructParent" in link:
            yield int(link.StructParent), (link, "/StructParent")


def _places(pdf: Pdf) -> list[tuple[str, Object]]:
    return _pairs(pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()))


def _idents(pdf: Pdf) -> list[tuple[str, Object]]:
    return _pairs(pdf.Root.StructTreeRoot.get("/IDTree", Dictionary()))


def _pairs(tree: Object) -> list[tuple[str, Object]]:
    """Return the names of a tree, which the typesetter writes with one leaf."""
    flat = list(tree.get("/Names", Array()))
    return [(str(name), value) for name, value in zip(flat[::2], flat[1::2], strict=True)]


def _names(values: dict[str, Object]) -> Dictionary:
    """Return a tree of names with one leaf; readers look it through by halves, by the order of the octets."""
    rows = sorted((bytes(String(name)), name) for name in values)
    return Dictionary(Names=Array([one for _octets, name in rows for one in (String(name), values[name])]))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.stdin.read()))) + "\n")
