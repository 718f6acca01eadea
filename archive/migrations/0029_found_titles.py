"""What providers call their films stands on the films, so that lists need not look for it."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_newest(apps, schema_editor):
    """Copy the newest title that any check found."""
    video, check = apps.get_model("archive", "Video"), apps.get_model("archive", "VideoCheck")
    told = check.objects.filter(video=OuterRef("pk")).exclude(title="").order_by("-pk")
    found = video.objects.annotate(told=Subquery(told.values("title")[:1])).exclude(told=None)
    found.update(found_title=Subquery(told.values("title")[:1]))


class Migration(migrations.Migration):
    dependencies = [("archive", "0028_talk_and_groups")]

    operations = [
        migrations.AddField(
            model_name="video",
            name="found_title",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.RunPython(copy_newest, migrations.RunPython.noop, elidable=True),
    ]
