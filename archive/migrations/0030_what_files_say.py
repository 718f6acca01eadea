"""What the files of captures say of themselves, for those who keep them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0029_found_titles")]

    operations = [
        migrations.AddField(
            model_name="capture",
            name="embedded_metadata",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
