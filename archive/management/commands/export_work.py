"""Write a work or a collection as a package, without the desk."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from archive.access import as_viewer, require
from archive.actions.build_take_out import SINGLE, packer
from archive.actions.command_account import command_account
from archive.enums import PackageFormat
from archive.errors import Conflict, HashiyaError
from archive.exports import packing
from archive.exports.holding import Holding, holding, is_down
from archive.exports.sinks import FolderSink
from archive.models import Collection, Work
from archive.presenters.messages import sentence


class Command(BaseCommand):
    """Take a work or a collection out."""

    help = (
        "Writes what one account may see of a work (or, with --collection, of a collection and all in it) to PATH: "
        "bagit, ocfl, ro-crate and static (pages to read, of what the public sees) a new folder, csv and jsonld a file. What is there already is not touched. "
        "A bag can be brought into another site with: manage.py bring_in PATH"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("slug", help="address of the work or of the collection")
        parser.add_argument("--collection", action="store_true", help="the address is a collection's")
        parser.add_argument("--format", choices=[one.value for one in PackageFormat], default="bagit")
        parser.add_argument("--to", type=Path, required=True, metavar="PATH")
        parser.add_argument("--by", default="", metavar="EMAIL", help="whose eyes it is taken with")

    def handle(self, slug: str, **options: Any) -> None:
        """Write beside the place, then put it there at once."""
        target: Path = options["to"]
        if target.exists():
            raise CommandError(f"{target} exists already. Name a new place.")
        with translation.override("en"):
            try:
                held = _held(slug, options)
                _write(held, PackageFormat(options["format"]), target)
            except HashiyaError as error:
                raise CommandError(sentence(error.code, error.params)) from error
        self.stdout.write(str(target))


def _held(slug: str, options: dict[str, Any]) -> Holding:
    by = command_account(options["by"])
    rows: Any = Collection.objects if options["collection"] else Work.objects
    root = rows.filter(slug=slug).first()
    if root is None:
        raise CommandError(f"There is nothing at the address {slug!r}.")
    require(by, "take_out", root)
    if is_down(root):
        raise Conflict("down_already")
    return holding(root, as_viewer(by))


def _write(held: Holding, layout: PackageFormat, target: Path) -> None:
    unfinished = target.with_name(f".{target.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        if layout in SINGLE:
            unfinished.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.writelines(packing.single(held, layout))
        else:
            unfinished.mkdir(parents=True)
            packing.pack(FolderSink(unfinished), packing.Order(held, timezone.now(), packer()), layout)
        unfinished.rename(target)
    finally:
        if unfinished.is_dir():
            shutil.rmtree(unfinished)
        else:
            unfinished.unlink(missing_ok=True)
