"""Plain text: paragraphs between empty lines, nothing else is read into it."""

from __future__ import annotations

from archive.enums import BlockKind, MarkKind
from archive.importers import videos
from archive.importers.ast.builder import Layout, Run, TextBuilder
from archive.importers.pipeline import Draft


def read_plain(text: str) -> Draft:
    """Return the paragraphs of a plain text; line ends inside one are kept, as line breaks."""
    builder = TextBuilder()
    gap, held, number = 0, [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            held.append(line)
            continue
        if held:
            _add(builder, held, Layout(gap, number - len(held)))
            gap, held = 0, []
        gap += 1
    if held:
        _add(builder, held, Layout(gap, number + 1 - len(held)))
    return Draft(builder)


def _add(builder: TextBuilder, lines: list[str], layout: Layout) -> None:
    run = Run()
    for line in lines:
        if run.length:
            start = run.length
            run.write("\n")
            run.mark(MarkKind.LINE_BREAK, start)
        run.write(line)
    path = str(len(builder.blocks) + 1)
    video = videos.recognise(run.text) if len(lines) == 1 and run.length < 2_000 else None
    attrs = {**video.attrs, "spelling": "bare"} if video else {}
    builder.add(BlockKind.VIDEO if video else BlockKind.PARAGRAPH, run, path=path, layout=layout, **attrs)
