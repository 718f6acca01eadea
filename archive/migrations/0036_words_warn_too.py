"""Words of a warning cover pictures as its kinds do: items that have words alone get the kind that says so."""

from django.db import migrations
from django.db.models import F, Q


def cover(apps, _editor):
    worded = Q(content_warning_ar__gt="") | Q(content_warning_en__gt="")
    for name in ("Work", "Image", "Video"):
        rows = apps.get_model("archive", name)._base_manager.filter(worded).only("pk", "warnings")
        bare = [row.pk for row in rows.iterator(chunk_size=500) if not row.warnings]
        for at in range(0, len(bare), 500):
            apps.get_model("archive", name)._base_manager.filter(pk__in=bare[at : at + 500]).update(
                warnings=["other"]
            )
    # Pages that were kept showed them uncovered.
    apps.get_model("archive", "SiteSettings")._base_manager.update(epoch=F("epoch") + 1)


class Migration(migrations.Migration):
    dependencies = [("archive", "0035_places_and_details")]
    operations = [migrations.RunPython(cover, migrations.RunPython.noop)]
