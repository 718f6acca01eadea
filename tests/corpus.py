"""Where the corpus article lies; it is read in place and never copied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "aleppo-article.md"


def article_path() -> Path:
    """Return its path: `HASHIYA_CORPUS` (the file or its directory), else beside the checkout; else skip."""
    named = Path(os.environ.get("HASHIYA_CORPUS") or BESIDE)
    path = named / "aleppo-article.md" if named.is_dir() else named
    if not path.is_file():
        pytest.skip(f"the corpus article is not at {path}; set HASHIYA_CORPUS to where it is")
    return path


def article_bytes() -> bytes:
    """Return the bytes of the article."""
    return article_path().read_bytes()
