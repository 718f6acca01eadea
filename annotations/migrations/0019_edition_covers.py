import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0032_digests"),
        ("annotations", "0018_independent_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="cover",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="archive.image",
            ),
        ),
    ]  # fmt: skip
