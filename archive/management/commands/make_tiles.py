"""Make the tiles that images of an older version lack."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Exists, OuterRef
from django.utils import translation

from archive.actions.make_tiles import make_tiles
from archive.enums import ImageState
from archive.errors import HashiyaError
from archive.models import Image, ImageTiles
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Cut every image into tiles that is not yet."""

    help = "Makes the deep-zoom tiles of images that have none. Exit code 0: all have them; 1: some could not be cut."

    def handle(self, **options: Any) -> None:
        """Make them, one after the other."""
        failed = 0
        made = ImageTiles.objects.current().filter(image=OuterRef("pk"))
        images = Image.objects.filter(~Exists(made), state=ImageState.READY, undone=False).order_by("pk")
        for pk, public_id in list(images.values_list("pk", "public_id")):
            try:
                make_tiles(image_id=pk)
                self.stdout.write(public_id)
            except HashiyaError as error:
                failed += 1
                with translation.override("en"):
                    self.stderr.write(f"{public_id}: {sentence(error.code, error.params)}")
        if failed:
            raise SystemExit(1)
