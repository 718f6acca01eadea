"""PDFs written by hand: what stands on their pages, and whatever else they carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: A sheet of A6, in points.
SHEET = (298, 420)


def pdf(
    pages: Sequence[str],
    *,
    sheet: tuple[float, float] = SHEET,
    info: Mapping[str, str] | None = None,
    page_extra: str = "",
    root_extra: str = "",
    objects: Sequence[bytes] = (),
    trailer_extra: str = "",
) -> bytes:
    """Return a PDF whose pages have these content streams; `objects` are numbered from 5 + 2 × the pages."""
    kids = [4 + 2 * n for n in range(len(pages))]
    info_text = "".join(f"/{name} ({value}) " for name, value in (info or {}).items())
    bodies: list[bytes] = [
        f"<< /Type /Catalog /Pages 2 0 R {root_extra} >>".encode(),
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for kid, content in zip(kids, pages, strict=True):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet[0]} {sheet[1]}] /Contents {kid + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {page_extra} >>".encode()
        )
        bodies.append(f"<< /Length {len(content.encode())} >>\nstream\n{content}\nendstream".encode())
    bodies.append(f"<< {info_text}>>".encode())
    bodies.extend(objects)
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info {4 + 2 * len(kids)} 0 R {trailer_extra} >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


def words(text: str, *, x: float = 30, y: float = 350, size: int = 18, before: str = "") -> str:
    """Return the drawing of a line of words."""
    return f"\n{before} BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"
