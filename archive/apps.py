"""The archive, as Django knows it."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Bytes, texts, images, videos, accounts."""

    name = "archive"
    verbose_name = "Archive"

    def ready(self) -> None:
        """Declare access and register what the archive itself offers through `archive.kinds`."""
        from archive import checks, receivers, registrations  # noqa: F401
        from archive.access import declarations

        declarations.declare_all()
