"""Where bytes lie under MEDIA_ROOT; addresses never show these paths."""

from pathlib import Path

from django.conf import settings


def root() -> Path:
    """Return the folder of all bytes."""
    return Path(settings.MEDIA_ROOT)


def staging() -> Path:
    """Return the folder of bytes on their way in, on the same device as the originals."""
    return root() / "staging"


def of_sha256(sha256: str) -> Path:
    """Return where the bytes with this hash lie."""
    return root() / "originals" / sha256[:2] / sha256


def packages() -> Path:
    """Return the folder of packages that wait to be fetched."""
    return root() / "packages"
