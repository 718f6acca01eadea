"""All forms of a release with 105,000 words and 9,750 notes, each written as its job writes it, one after the other.

The bundle is given the files of the forms before it, as its job is. Peers, in the same run: the typesetter alone, setting the
same words of text and notes one after the other on bare pages; and zlib, packing the octets of the bundle's members.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.outcome import Outcome, at_most

#: How large the release is; a smaller one is for looking where the time goes, and says nothing of the promise.
WORDS = int(os.environ.get("BENCH_EXPORT_WORDS", 105_000))
NOTES = int(os.environ.get("BENCH_EXPORT_NOTES", 9_750))
#: For all forms together.
SECONDS = 120
#: Times its peer, in processor time: the PDF with its notes at the foot, its tags and its parts bound, the bundle with its hashes.
SETTING, PACKING = 3, 2
#: Megabytes: what the writers may hold, and the programs that set a book and bind it, each of them.
WRITERS, SETTER = 600, 1_000
MB = 1024**2
#: Octets that are given to the packer at once.
PIECE = 1024**2


def run() -> Iterator[Outcome]:
    """Write every form once, in the order in which they are promised, then what they are compared with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from tests.bench.release import make_release

    given = make_release(WORDS, NOTES)
    with tempfile.TemporaryDirectory(prefix="hashiya-bench-") as folder:
        taken, busy, most = _write_all(given, Path(folder))
        yield at_most(f"all forms of {WORDS:,} words and {NOTES:,} notes", sum(taken.values()), SECONDS, "s")
        yield at_most("memory of the writers, at most", most, WRITERS, "MB")
        # Of all children it is the greatest: here the typesetter or the binder.
        setter = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        yield at_most("memory of the typesetter and the binder, each", setter, SETTER, "MB")
        bare = _busy(lambda: _bare_setting(given))
        yield at_most("PDF, times the bare typesetter", busy["pdf"] / bare, SETTING, beside=f"{bare:.1f} s")
        bare = _busy(lambda: _bare_packing(Path(folder) / "bundle"))
        yield at_most("bundle, times bare zlib", busy["bundle"] / bare, PACKING, beside=f"{bare:.1f} s")


def _write_all(given: Any, folder: Path) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the seconds that each form took, those of the processor, and the memory in which all were written."""
    from annotations.exports import FORMATS

    taken, busy, most = dict[str, float](), dict[str, float](), 0.0
    given = replace(given, kept=lambda form: _pieces(folder / form))
    for form, one in FORMATS.items():
        _forget_peak()
        began, worked, path = time.perf_counter(), _processor(), folder / form
        with path.open("xb") as file:
            file.writelines(one.write(given))
        taken[form], busy[form] = time.perf_counter() - began, _processor() - worked
        most = max(most, _peak())
        print(
            f"      {form:10} {taken[form]:6.1f} s, {busy[form]:6.1f} s of it processor {path.stat().st_size / MB:7.1f} MB, "
            f"{_peak():5.0f} MB of memory",
            flush=True,
        )
    return taken, busy, most


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _bare_setting(given: Any) -> bytes:
    """Set the words of the text and of the notes as paragraphs, with the same fonts and to the same standard."""
    from datetime import UTC, datetime

    from archive.exports.printing import printable, typeset
    from archive.text.plain import plain_words

    snapshot = given.snapshot
    notes = [f"{note.exact} {plain_words(note.body)}" for note in snapshot.notes]
    data = {"language": "ar", "title": "x", "words": list(map(printable, snapshot.text.content.split("\n")))}
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "bare.typ"
        template.write_text(
            '#import "page.typ": data, sheet\n#show: sheet\n#heading(level: 1, data.title)\n'
            "#set text(size: 11.5pt)\n#for line in data.words { par(line) }\n"
            "#set text(size: 8.5pt)\n#for line in data.notes { par(line) }\n"
        )
        return typeset(
            template, {**data, "notes": list(map(printable, notes))}, at=datetime(1980, 1, 1, tzinfo=UTC)
        )


def _bare_packing(bundle: Path) -> int:
    """Pack what is in the bundle again, each member by itself, those alone that it packs."""
    with zipfile.ZipFile(bundle) as bag:
        size = 0
        for member in bag.infolist():
            data = bag.read(member)
            if member.compress_type == zipfile.ZIP_DEFLATED:
                packer = zlib.compressobj()
                size += len(packer.compress(data)) + len(packer.flush())
        return size


def _busy(task: Callable[[], object]) -> float:
    began = _processor()
    task()
    return _processor() - began


def _processor() -> float:
    """Return the seconds of processor time of this process and its children."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Return the most memory that this process held since the last time that was forgotten, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
