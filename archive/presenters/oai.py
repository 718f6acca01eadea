"""Answers of OAI-PMH 2.0 as XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from archive.presenters.dublin_core import Element
from archive.presenters.xml_out import writable

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_ID = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
PREFIX = "oai_dc"
_SCHEMA = {
    OAI: "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd",
    OAI_DC: "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    OAI_ID: "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd",
}

Node = Any


def moment(at: datetime) -> str:
    """Return a time as the protocol writes it: in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def envelope(address: str, at: datetime, arguments: Mapping[str, str]) -> Node:
    """Return an answer that says when it was made and what was asked, and nothing else yet."""
    root = _rooted(None, OAI, "OAI-PMH", {None: OAI, "xsi": XSI})
    _put(root, "responseDate", moment(at))
    _put(root, "request", address, **arguments)
    return root


def refuse(root: Node, code: str, words: str) -> None:
    """Answer with one of the protocol's errors."""
    _put(root, "error", words, code=code)


def identify(root: Node, said: Mapping[str, str], namespace: str, sample: str) -> None:
    """Say what this repository is; `namespace` is empty when its host is no name of the net."""
    node = _put(root, "Identify")
    for name, words in said.items():
        _put(node, name, words)
    if namespace:
        about = _rooted(_put(node, "description"), OAI_ID, "oai-identifier", {None: OAI_ID, "xsi": XSI})
        for name, words in (
            ("scheme", "oai"), ("repositoryIdentifier", namespace), ("delimiter", ":"), ("sampleIdentifier", sample),
        ):  # fmt: skip
            etree.SubElement(about, f"{{{OAI_ID}}}{name}").text = words


def formats(root: Node) -> None:
    """Name the one metadata format."""
    node = _put(_put(root, "ListMetadataFormats"), "metadataFormat")
    _put(node, "metadataPrefix", PREFIX)
    _put(node, "schema", _SCHEMA[OAI_DC])
    _put(node, "metadataNamespace", OAI_DC)


def sets(root: Node, rows: Iterable[tuple[str, str, list[Element]]]) -> Node:
    """List sets: each with its name in addresses, its name in words, and what is said of it."""
    listed = _put(root, "ListSets")
    for spec, name, elements in rows:
        node = _put(listed, "set")
        _put(node, "setSpec", spec)
        _put(node, "setName", name)
        if elements:
            _dublin_core(_put(node, "setDescription"), elements)
    return listed


def header(parent: Node, identifier: str, stamp: datetime, specs: Iterable[str], *, gone: bool) -> None:
    """Name one item, and when it last changed."""
    node = _put(parent, "header", **({"status": "deleted"} if gone else {}))
    _put(node, "identifier", identifier)
    _put(node, "datestamp", moment(stamp))
    for spec in specs:
        _put(node, "setSpec", spec)


def listing(root: Node, verb: str) -> Node:
    """Begin the answer to a verb that names items."""
    return _put(root, verb)


def record(parent: Node) -> Node:
    """Begin a record."""
    return _put(parent, "record")


def metadata(record_node: Node, elements: Iterable[Element]) -> None:
    """Say in Dublin Core what an item is."""
    _dublin_core(_put(record_node, "metadata"), elements)


def resumption(listed: Node, token: str, *, cursor: int) -> None:
    """Say how the list goes on; an empty token ends a list that came in parts."""
    _put(listed, "resumptionToken", token, cursor=str(cursor))


def written(root: Node) -> bytes:
    """Return the answer's bytes."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _dublin_core(parent: Node, elements: Iterable[Element]) -> None:
    node = _rooted(parent, OAI_DC, "dc", {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    for element in elements:
        said = etree.SubElement(node, f"{{{DC}}}{element.name}")
        said.text = writable(element.words)
        if element.language:
            said.set(f"{{{XML}}}lang", element.language)


def _rooted(parent: Node | None, namespace: str, name: str, prefixes: Any) -> Node:
    place = {f"{{{XSI}}}schemaLocation": f"{namespace} {_SCHEMA[namespace]}"}
    tag = f"{{{namespace}}}{name}"
    if parent is None:
        return etree.Element(tag, place, nsmap=prefixes)
    return etree.SubElement(parent, tag, place, nsmap=prefixes)


def _put(parent: Node, name: str, words: str = "", **attributes: str) -> Node:
    node = etree.SubElement(parent, f"{{{OAI}}}{name}")
    for key, value in attributes.items():
        node.set(key, writable(value))
    if words:
        node.text = writable(words)
    return node
