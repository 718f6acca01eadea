"""What stands around a place of a text, for reports and lists."""

from __future__ import annotations


def context_of(content: str, start: int, end: int, *, width: int = 60) -> str:
    """Return the span with about `width` code points around it; a long span is cut in its middle."""
    span = content[start:end]
    if len(span) > 2 * width:
        span = f"{span[:width]} … {span[-width:]}"
    half = width // 2
    return content[max(0, start - half) : start] + span + content[end : end + half]


def words_before(content: str, start: int, width: int) -> str:
    """Return the whole words of the same line that lead to a place, at most `width` code points; "…" where the line began earlier."""
    first = max(content.rfind("\n", 0, start) + 1, start - width)
    line = content[first:start]
    if first == 0 or content[first - 1] == "\n":
        return line
    return "…" + (line if content[first - 1].isspace() else line[_space(line) :])


def words_after(content: str, end: int, width: int) -> str:
    """Return the whole words of the same line that follow a place, at most `width` code points; "…" where the line goes on."""
    stop = content.find("\n", end)
    stop = len(content) if stop < 0 else stop
    if stop - end <= width:
        return content[end:stop]
    line = content[end : end + width]
    if content[end + width].isspace():
        return line + "…"
    return line[: len(line) - _space(line[::-1])] + "…"


def _space(line: str) -> int:
    """Return where the first space is; the length when there is none."""
    return next((index for index, letter in enumerate(line) if letter.isspace()), len(line))
