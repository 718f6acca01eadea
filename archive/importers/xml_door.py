"""The one door for XML from outside: no document type, no entities, no network; the line in every refusal."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from archive.errors import ImportRefused


class _PrologOverError(Exception):
    """The first element begins: what declares anything is behind us."""


def check_prolog(data: bytes, *, member: str = "", doctype: bool = False) -> None:
    """Refuse XML that declares entities or names a document type, before any parser acts on it.

    `doctype` lets a bare document type pass, which names one but declares nothing. Raises ImportRefused
    `xml_doctype` or `xml_broken`, with the member of the package and the line.
    """
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def declared(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset or not doctype:
            raise ImportRefused("xml_doctype", member=member, line=parser.CurrentLineNumber)

    def begun(_name: str, _attributes: object) -> None:
        raise _PrologOverError

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)
    except _PrologOverError:
        return
    except expat.ExpatError as error:
        raise ImportRefused("xml_broken", member=member, line=error.lineno) from error


def parse(data: bytes) -> etree._Element:
    """Return the root of a document.

    Raises ImportRefused `xml_doctype`, or `xml_broken` with the line.
    """
    check_prolog(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ImportRefused("xml_broken", member="", line=error.lineno or 1) from error
