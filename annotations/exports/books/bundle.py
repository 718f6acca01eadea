"""The whole of a release to keep: a BagIt bag with every form of it, its exact bytes, and what verifies them without us."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from annotations.exports.books import package
from annotations.exports.books.zips import Archive, archive
from annotations.exports.given import Given
from archive.errors import NotVisible

HERE = Path(__file__).parent
#: Forms by their names: how each is written, and the ending of its name.
Forms = Mapping[str, tuple[Callable[[Given], Iterator[bytes]], str]]
_BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def write(given: Given, forms: Forms) -> Iterator[bytes]:
    """Yield the bag as a ZIP archive; forms that are kept are not written again.

    Raises NotVisible when something of the release has been hidden since it was sealed.
    """
    if not given.is_whole:
        raise NotVisible("not_visible")
    return _written(given, forms)


def _written(given: Given, forms: Forms) -> Iterator[bytes]:
    snapshot = given.snapshot
    with archive() as packed:
        bag = _Bag(packed, f"{snapshot.slug}-{snapshot.number}")
        for path, data in package.members(given):
            bag.add(f"data/{path}", data)
        for place, (form, (writer, ending)) in enumerate(sorted(forms.items()), start=1):
            data = given.kept(form) or writer(given)
            bag.add(f"data/forms/{form}/{snapshot.slug}-{snapshot.number}.{ending}", data)
            given.progress(95 * place // len(forms))
        bag.close(given)
        yield from packed.chunks()


class _Bag:
    """Writes members in one folder, and remembers their hashes."""

    def __init__(self, packed: Archive, folder: str) -> None:
        self.packed, self.folder = packed, folder
        self.hashes: dict[str, str] = {}
        self.octets = 0

    def add(self, path: str, data: bytes | Iterator[bytes]) -> None:
        digest, size = self.packed.add(f"{self.folder}/{path}", data)
        self.hashes[path] = digest
        if path.startswith("data/"):
            self.octets += size

    def _manifest(self, *, payload: bool) -> bytes:
        rows = sorted(
            (path, digest) for path, digest in self.hashes.items() if path.startswith("data/") == payload
        )
        return "".join(f"{digest}  {path}\n" for path, digest in rows).encode()

    def close(self, given: Given) -> None:
        """Write what describes the bag."""
        count = len(self.hashes)
        info = {
            "Bag-Software-Agent": "Hashiya", **({"Bagging-Date": given.published} if given.published else {}),
            "External-Identifier": given.address, "Internal-Sender-Identifier": f"sha256:{given.manifest_hash}",
            "Payload-Oxum": f"{self.octets}.{count}",
        }  # fmt: skip
        self.add("manifest-sha256.txt", self._manifest(payload=True))
        self.add("bagit.txt", _BAGIT.encode())
        self.add("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in info.items()).encode())
        self.add("verify.py", (HERE / "verify_bundle.py").read_bytes())
        self.add("README.txt", _readme(given).encode())
        self.packed.add(f"{self.folder}/tagmanifest-sha256.txt", self._manifest(payload=False))


def _readme(given: Given) -> str:
    snapshot = given.snapshot
    words = (HERE / "bundle_readme.txt").read_text("utf-8")
    title = snapshot.title
    facts = {
        "title_ar": title.get("ar") or title.get("en") or "", "title_en": title.get("en") or title.get("ar") or "",
        "number": str(snapshot.number), "address": given.address, "sha256": given.manifest_hash,
    }  # fmt: skip
    for name, value in facts.items():
        words = words.replace("{" + name + "}", " ".join(value.split()))
    return words
