"""Keep what packages tell of the life of versions and releases elsewhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from archive.models.guards import guard

_KINDS = ("said", "handed_in", "accept", "return", "decline", "sealed", "published", "withdrawn")


def _key(to: str, *, null: bool = False, name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0007_note_steps"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PastEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[(kind, kind) for kind in _KINDS], max_length=10)),
                ("ref", models.CharField(blank=True, max_length=16)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("at", models.DateTimeField()),
                ("words", models.TextField(blank=True)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by", _key(settings.AUTH_USER_MODEL)),
                ("handed_over", _key("annotations.submission", null=True)),
                ("release", _key("annotations.release", null=True, name="past")),
                ("version", _key("annotations.annotationversion", null=True, name="past")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(version__isnull=True) ^ Q(release__isnull=True), name="past_of_one_thing"
                    ),
                    models.UniqueConstraint(
                        fields=["version"], condition=Q(kind="said"), name="past_said_once"
                    ),
                    models.UniqueConstraint(
                        fields=["release", "kind"],
                        condition=Q(release__isnull=False),
                        name="past_of_release_once",
                    ),
                ],
            },
        ),
        guard(["annotations_pastevent"]),
    ]
