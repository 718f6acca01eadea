"""What is checked of a packed file before anything reads it, and the small package that is handed on.

The parser never sees what was sent: it is given a package made anew, of the checked XML members alone, with
everything else (pictures, fonts) empty. So a size that a member lies about, a name that leads outside, or a
hundred thousand members cannot reach it.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import zipfile
import zlib

from archive.errors import ImportRefused
from archive.importers.xml_door import check_prolog

MAX_UNPACKED_BYTES = 200_000_000
#: Of the members that are read; a text of 10 MB has a few times as much around it.
MAX_XML_BYTES = 80_000_000
MAX_MEMBERS = 5_000
CHUNK = 1 << 20
XML = (".xml", ".rels", ".opf", ".ncx")
PAGES = (".xhtml", ".html", ".htm")
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|\\|\x00|(?:^|/)\.\.(?:/|$)")
ENCRYPTED = 0x1
OLE = b"\xd0\xcf\x11\xe0"
LOCKED = re.compile(rb"<(?:[\w.-]+:)?EncryptedData\b")
#: Fonts may be scrambled in an EPUB; that hides no words.
FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError, RuntimeError)


def repacked(data: bytes, *, needed: str) -> bytes:
    """Return a package of the checked members of `data`; `needed` is the one without which it is of no use.

    Raises ImportRefused: `not_text`, `package_encrypted`, `package_names`, `package_members`, `package_bomb`,
    `xml_doctype`, `xml_broken`.
    """
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise ImportRefused("package_encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = [info for info in package.infolist() if not info.is_dir()]
            _check_members(members, needed)
            return _made_anew(package, members)
    except BROKEN as error:
        raise ImportRefused("not_text") from error


def _check_members(members: list[zipfile.ZipInfo], needed: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise ImportRefused("package_members", members=len(members), most=MAX_MEMBERS)
    names = set()
    for info in members:
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        name = posixpath.normpath(info.filename)
        if is_link or name in names or OUTSIDE.search(info.filename) or OUTSIDE.search(info.orig_filename):
            raise ImportRefused("package_names", member=info.filename[:100])
        names.add(name)
    if any(info.flag_bits & ENCRYPTED for info in members):
        raise ImportRefused("package_encrypted")
    size = sum(info.file_size for info in members)
    if size > MAX_UNPACKED_BYTES:
        raise ImportRefused("package_bomb", size=size, limit=MAX_UNPACKED_BYTES)
    if needed not in names or any(info.compress_type not in METHODS for info in members):
        raise ImportRefused("not_text")


def _made_anew(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    file = io.BytesIO()
    budget = MAX_XML_BYTES
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for info in members:
            name = info.filename.lower()
            words = b""
            if name.endswith((*XML, *PAGES)) or name == "mimetype":
                words = _read(package, info, budget)
                budget -= len(words)
                _check_words(info.filename, words)
            made.writestr(zipfile.ZipInfo(info.filename), words)
    return file.getvalue()


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: int) -> bytes:
    """Return a member's bytes, unpacked piece by piece, so that what it says of its size is not believed."""
    parts, size = [], 0
    with package.open(info) as member:
        while piece := member.read(CHUNK):
            size += len(piece)
            if size > budget:
                raise ImportRefused("package_bomb", size=size, limit=MAX_XML_BYTES)
            parts.append(piece)
    return b"".join(parts)


def _check_words(name: str, words: bytes) -> None:
    if not words or name == "mimetype":
        return
    if name == "META-INF/manifest.xml" and b"encryption-data" in words:
        raise ImportRefused("package_encrypted")
    if name == "META-INF/encryption.xml" and len(LOCKED.findall(words)) > sum(map(words.count, FONTS)):
        raise ImportRefused("package_encrypted")
    is_page = name.lower().endswith((*PAGES, ".ncx", ".opf"))
    try:
        check_prolog(words, member=name[:100], doctype=is_page)
    except ImportRefused as refused:
        # A page of an EPUB is read as HTML, which need not be XML.
        if not (is_page and refused.code == "xml_broken"):
            raise
