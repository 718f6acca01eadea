"""Guides among the site's own pages: some are not shown to everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0030_what_files_say")]

    operations = [
        migrations.AlterField(
            model_name="page",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the list"),
        ),
        migrations.AddField(
            model_name="page",
            name="is_shown",
            field=models.BooleanField(default=True, verbose_name="shown to everybody"),
        ),
    ]
