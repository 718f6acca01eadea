"""Writing XML: any text becomes one that XML can hold."""

from __future__ import annotations

import re

#: All that XML 1.0 has no way to write, escaped or not.
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """Return the text with a replacement character for each one that XML cannot hold."""
    return _IMPOSSIBLE.sub("\ufffd", text)
