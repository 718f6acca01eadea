"""The cover of an electronic book: the edition's own picture, or one that is drawn of its title."""

from __future__ import annotations

import textwrap

from annotations.exports.books import xml
from annotations.exports.books.volume import Pictured, Volume


def own_cover(volume: Volume) -> Pictured | None:
    """Return the edition's own cover; none of which readers are warned, since shelves of books show it at once."""
    return volume.cover if volume.cover and not volume.cover.warning else None


def _lines(title: str) -> list[str]:
    return textwrap.wrap(title, 20)[:8] or [""]


def drawn_cover(volume: Volume) -> str:
    """Return a cover that is drawn of the title and the number of the release, as SVG."""
    lines = "".join(
        f'<text x="300" y="{260 + 70 * n}" text-anchor="middle" font-size="46" font-family="Hashiya Naskh, Noto Naskh Arabic, serif" '
        f'fill="#14323f">{xml.text(line)}</text>'
        for n, line in enumerate(_lines(volume.title.text))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" role="img">'
        f'<title>{xml.text(volume.title.text)}</title><rect width="600" height="900" fill="#f6f1e7"/>'
        f'<rect x="30" y="30" width="540" height="840" fill="none" stroke="#14323f" stroke-width="4"/>{lines}'
        f'<text x="300" y="820" text-anchor="middle" font-size="26" fill="#14323f">{volume.snapshot.number}</text></svg>'
    )


def cover_page(volume: Volume) -> str:
    """Return the page that shows the cover, its picture or the drawn one."""
    title = xml.attribute(volume.title.text)
    own, source, kind = own_cover(volume), "cover.svg", "cover"
    if own and own.file:
        source, kind = f"pictures/{xml.address(own.file.name)}", "own-cover"
        title = xml.attribute(own.alternative)
    return f'<section epub:type="cover"><p class="{kind}"><img role="doc-cover" src="{source}" alt="{title}"/></p></section>'
