"""Load the bundle of a release, and say under which hash it is here."""

from __future__ import annotations

from django.core.management.base import CommandError

from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.reading import read_snapshot
from annotations.models import Release
from archive.management.commands import bring_in
from archive.models.described import DescribedModel


class Command(bring_in.Command):
    """Verify a bundle and load it, all or nothing."""

    help = (
        "Verifies the bundle at PATH (a folder or a ZIP archive, as a release's page gives it) and loads the work, its "
        "text and pictures, the edition and the sealed release, under the ids and the hash that they had. All or nothing. "
        "The release lies sealed on the editors' desk: publish it there."
    )

    def tell(self, root: DescribedModel) -> None:
        """Work the hash of each release out anew, and say it."""
        rows = Release.objects.filter(edition__work__public_id=root.public_id).select_related("edition")
        for release in rows:
            digest = manifest_hash(dumps(read_snapshot(release)))
            if digest != release.manifest_hash:
                raise CommandError(f"Release {release.number} has another hash here: {digest}.")
            self.stdout.write(f"{release.edition.slug} {release.number} sha256:{digest}")
