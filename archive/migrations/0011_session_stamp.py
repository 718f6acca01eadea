from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0010_image_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_stamp",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
