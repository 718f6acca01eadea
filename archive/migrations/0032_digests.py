"""Mails once a week; what a mail was made of, and how often a server left one without an answer."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import archive.enums.people


def owed_since_they_were_told(apps, schema_editor):
    apps.get_model("archive", "Notice").objects.update(unmailed_since=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("archive", "0031_guides")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="mail_choice",
            field=models.CharField(
                choices=[
                    ("at_once", "at_once"),
                    ("daily", "daily"),
                    ("weekly", "weekly"),
                    ("never", "never"),
                ],
                default=archive.enums.people.MailChoice["DAILY"],
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="sealedmail",
            name="unanswered",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="notice",
            name="unmailed_since",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="notice",
            name="mail",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="archive.sealedmail",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mailed_at", None), ("read_at", None)),
                fields=["unmailed_since"],
                name="notice_unmailed",
            ),
        ),
        migrations.RunPython(owed_since_they_were_told, migrations.RunPython.noop),
    ]
