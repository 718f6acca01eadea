"""Annotation, as Django knows it."""

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    """Loci, notes, review, editions."""

    name = "annotations"
    verbose_name = "Annotations"

    def ready(self) -> None:
        """Declare access, hear the archive's signals, and register what annotations adds to it."""
        from annotations import receivers, registrations  # noqa: F401
        from annotations.access import (
            declarations,
            declared_editions,
            declared_review,
            declared_talk,
            vocabulary,
        )

        declarations.declare_all()
        declared_review.declare_review()
        declared_editions.declare_editions()
        declared_talk.declare_talk()
        vocabulary.declare_vocabulary()
