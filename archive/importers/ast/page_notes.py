"""Notes of a web page: a mark that leads to a piece of the page, which leads back to the mark or calls itself a note.

HTML has no element for them. Pages made by word processors, wikis and publishers agree on two links that answer
each other; newer ones also say what they are (`doc-noteref`, `footnote`). Both become the tree's own notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Node = dict[str, Any]
#: What pages call the mark of a note, in roles, types and classes.
REFERENCE = frozenset({"doc-noteref", "noteref", "footnote-ref", "footnote-reference"})
BACK = frozenset({"doc-backlink", "backlink", "footnote-back", "footnote-backref"})
#: A mark is a number or a sign, not a sentence.
LONGEST_MARK = 12
#: Around a mark that is raised: its own id may be one of those that were dropped.
RAISED = "^"
#: Signs around the number at the beginning of a note.
RETURN_SIGNS = "↑↩↵⏎^[](). \ufe0e"


@dataclass(slots=True)
class _Page:
    #: Blocks by their id, and where they hang: the list that holds them.
    targets: dict[str, tuple[list[Node], Node]] = field(default_factory=dict)
    #: Marks: the link, the list of inlines that holds it, and the ids around it.
    marks: list[tuple[Node, list[Node], frozenset[str]]] = field(default_factory=list)
    #: Every id that the tree kept; the parser drops some, those of raised signs among them.
    ids: set[str] = field(default_factory=set)


def with_notes(blocks: list[Node]) -> list[Node]:
    """Return the blocks with each mark and what it leads to made one note; the pieces are taken from their place."""
    page = _Page()
    _collect_blocks(blocks, page)
    taken: dict[str, Node] = {}
    for link, siblings, around in page.marks:
        target = link["c"][2][0][1:]
        known = page.targets.get(target)
        if known is None or not _is_note(link, known[1], around, page.ids):
            continue
        if target not in taken:
            body = [node for node in _body(known[1], around) if node]
            taken[target] = {"t": "Note", "c": body}
            known[0][:] = [node for node in known[0] if node is not known[1]]
        siblings[:] = [taken[target] if node is link else node for node in siblings]
    return _without_empty(blocks) if taken else blocks


def _collect_blocks(nodes: list[Node], page: _Page) -> None:
    for node in nodes:
        tag: str = node["t"]
        content: Any = node.get("c")
        if tag == "Div":
            if content[0][0]:
                page.ids.add(content[0][0])
                page.targets[content[0][0]] = (nodes, node)
            _collect_blocks(content[1], page)
        elif tag in ("Para", "Plain"):
            first = content[0] if content else None
            if first and first["t"] in ("Span", "Link") and first["c"][0][0]:
                page.targets.setdefault(first["c"][0][0], (nodes, node))
            page.ids.update(_ids(content))
            _collect_inlines(content, page, frozenset())
        elif tag == "BlockQuote":
            _collect_blocks(content, page)
        elif tag in ("BulletList", "OrderedList"):
            for item in content if tag == "BulletList" else content[1]:
                _collect_blocks(item, page)
        elif tag == "Header":
            _collect_inlines(content[2], page, frozenset())


def _collect_inlines(nodes: list[Node], page: _Page, around: frozenset[str]) -> None:
    around |= {node["c"][0][0] for node in nodes if node["t"] == "Span" and not node["c"][1]} - {""}
    for node in nodes:
        tag: str = node["t"]
        content: Any = node.get("c")
        if tag == "Link" and content[2][0].startswith("#") and len(content[2][0]) > 1:
            page.marks.append((node, nodes, around | {content[0][0], *_ids(content[1])} - {""}))
        elif tag in ("Span", "Link"):
            _collect_inlines(content[1], page, around | {content[0][0]} - {""})
        elif tag == "Superscript":
            _collect_inlines(content, page, around | {RAISED})
        elif tag in ("Emph", "Strong", "Underline", "SmallCaps"):
            _collect_inlines(content, page, around)


def _ids(nodes: list[Node]) -> Iterator[str]:
    for node in _inlines(nodes):
        if node["t"] in ("Span", "Link") and node["c"][0][0]:
            yield node["c"][0][0]


def _inlines(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        content: Any = node.get("c")
        if node["t"] in ("Span", "Link"):
            yield from _inlines(content[1])
        elif node["t"] in ("Superscript", "Subscript", "Emph", "Strong", "Underline", "SmallCaps"):
            yield from _inlines(content)


def _words(nodes: list[Node]) -> str:
    return "".join(node["c"] for node in _inlines(nodes) if node["t"] == "Str")


def _names(attr: Any) -> set[str]:
    found = set(attr[1])
    for key, value in attr[2]:
        if key in ("role", "type", "epub:type", "data-type"):
            found.update(value.split())
    return found


def _is_note(link: Node, target: Node, around: frozenset[str], ids: set[str]) -> bool:
    back = [inner["c"][2][0][1:] for inner in _links(target)]
    is_inside = any(inner is link for inner in _links(target))
    if len(_words(link["c"][1])) > LONGEST_MARK or is_inside or _has_heading(target):
        return False
    if _names(link["c"][0]) & REFERENCE or around & set(back):
        return True
    return RAISED in around and any(each not in ids for each in back)


def _has_heading(node: Node) -> bool:
    return node["t"] == "Header" or (node["t"] == "Div" and any(map(_has_heading, node["c"][1])))


def _paragraphs(node: Node) -> Iterator[Node]:
    if node["t"] in ("Para", "Plain"):
        yield node
    elif node["t"] in ("Div", "BlockQuote"):
        for inner in node["c"][1] if node["t"] == "Div" else node["c"]:
            yield from _paragraphs(inner)


def _links(node: Node) -> Iterator[Node]:
    for paragraph in _paragraphs(node):
        for inner in _inlines(paragraph["c"]):
            if inner["t"] == "Link" and inner["c"][2][0].startswith("#"):
                yield inner


def _body(node: Node, around: frozenset[str]) -> list[Node]:
    """Return what a note says, without the way back to its mark."""
    for paragraph in _paragraphs(node):
        paragraph["c"] = _without_back(paragraph["c"], around)
    blocks: list[Node] = node["c"][1] if node["t"] == "Div" else [node]
    return blocks


def _without_back(nodes: list[Node], around: frozenset[str]) -> list[Node]:
    kept = []
    for node in nodes:
        if node["t"] == "Link":
            is_sign = not _words(node["c"][1]).strip(RETURN_SIGNS)
            is_back = node["c"][2][0][1:] in around or bool(_names(node["c"][0]) & BACK)
            if node["c"][2][0].startswith("#") and (
                is_sign or (is_back and len(_words(node["c"][1])) <= LONGEST_MARK)
            ):
                continue
        elif node["t"] == "Span":
            node["c"][1] = _without_back(node["c"][1], around)
            if not node["c"][1]:
                continue
        elif node["t"] == "Superscript":
            node["c"] = _without_back(node["c"], around)
            if not node["c"]:
                continue
        kept.append(node)
    while kept and (
        kept[0]["t"] in ("Space", "SoftBreak")
        or (kept[0]["t"] == "Str" and not kept[0]["c"].strip(RETURN_SIGNS))
    ):
        kept.pop(0)
    while kept and kept[-1]["t"] in ("Space", "SoftBreak"):
        kept.pop()
    return kept


def _without_empty(nodes: list[Node]) -> list[Node]:
    """Return blocks without the lists and pieces that held nothing but notes."""
    kept = []
    for node in nodes:
        tag = node["t"]
        if tag == "Div":
            before = bool(node["c"][1])
            node["c"][1] = _without_empty(node["c"][1])
            if before and not node["c"][1]:
                continue
        elif tag in ("BulletList", "OrderedList"):
            items = node["c"] if tag == "BulletList" else node["c"][1]
            items[:] = [item for item in (_without_empty(each) for each in items) if item]
            if not items:
                continue
        kept.append(node)
    return kept
