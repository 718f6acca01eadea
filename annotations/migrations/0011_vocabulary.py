"""Forms of names, notations, steps that can be undone, authority files."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import annotations.enums
import archive.enums.catalogue
import archive.models.base


def prefer_labels(apps, schema_editor):
    """What was a label before names had a form is the preferred name of its language."""
    apps.get_model("annotations", "TermName").objects.filter(is_label=True).update(form="preferred")


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0010_relations_and_basket"),
        ("archive", "0024_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="term",
            name="matches",
            field=models.JSONField(blank=True, default=list, verbose_name="like it elsewhere"),
        ),
        migrations.AddField(
            model_name="term",
            name="notation",
            field=models.CharField(blank=True, max_length=60, verbose_name="notation"),
        ),
        migrations.AddField(
            model_name="term",
            name="scope_note",
            field=models.TextField(blank=True, verbose_name="scope note"),
        ),
        migrations.AddField(
            model_name="term",
            name="scope_note_ar",
            field=models.TextField(blank=True, null=True, verbose_name="scope note"),
        ),
        migrations.AddField(
            model_name="term",
            name="scope_note_en",
            field=models.TextField(blank=True, null=True, verbose_name="scope note"),
        ),
        migrations.AddField(
            model_name="termname",
            name="form",
            field=models.CharField(
                choices=[("preferred", "preferred"), ("alternative", "alternative"), ("hidden", "hidden")],
                default=annotations.enums.NameForm["ALTERNATIVE"],
                max_length=11,
            ),
        ),
        migrations.CreateModel(
            name="AuthorityFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=archive.models.base.new_public_id, editable=False, max_length=16, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("scheme", models.CharField(blank=True, max_length=12, verbose_name="authority")),
                ("address", models.URLField(blank=True, verbose_name="address of an entry")),
                (
                    "is_open",
                    models.BooleanField(default=True, verbose_name="open to tools without an account"),
                ),
                ("load", models.PositiveIntegerField(default=0)),
                ("count", models.PositiveIntegerField(default=0)),
                ("left_out", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("loaded_at", models.DateTimeField(null=True)),
                (
                    "arrival",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.filearrival",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.job",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AuthorityRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("load", models.PositiveIntegerField(default=0)),
                ("identifier", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("type", models.CharField(blank=True, max_length=40)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("date_edtf", models.CharField(blank=True, max_length=60)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="annotations.authorityfile",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AuthorityName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("load", models.PositiveIntegerField(default=0)),
                ("language", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=200)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.authorityfile",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="annotations.authorityrecord",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VocabularyStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=archive.models.base.new_public_id, editable=False, max_length=16, unique=True
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("merge", "merge"), ("split", "split"), ("import", "import")], max_length=6
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("mapping", "mapping"),
                            ("planning", "planning"),
                            ("previewed", "previewed"),
                            ("applying", "applying"),
                            ("applied", "applied"),
                            ("undoing", "undoing"),
                            ("undone", "undone"),
                        ],
                        default=archive.enums.catalogue.StepState["APPLIED"],
                        max_length=10,
                    ),
                ),
                ("asked", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "arrival",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.filearrival",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="archive.job",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="annotations.term",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="steps",
                        to="annotations.term",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="VocabularyRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("use", "use"),
                            ("name", "name"),
                            ("narrower", "narrower"),
                            ("merged", "merged"),
                            ("term", "term"),
                        ],
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("label", models.CharField(blank=True, max_length=300)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("changes", "changes"),
                            ("same", "same"),
                            ("refused", "refused"),
                            ("new", "new"),
                            ("done", "done"),
                            ("made", "made"),
                            ("failed", "failed"),
                            ("undone", "undone"),
                            ("kept", "kept"),
                        ],
                        max_length=8,
                    ),
                ),
                ("problem", models.JSONField(default=dict)),
                (
                    "annotation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="annotations.term",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="annotations.vocabularystep",
                    ),
                ),
            ],
            options={
                "ordering": ["step", "place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TagMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("moved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "tag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="move",
                        to="annotations.versiontag",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_here",
                        to="annotations.term",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="annotations.vocabularystep",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="authorityrecord",
            constraint=models.UniqueConstraint(
                fields=("file", "load", "identifier"), name="authority_record_once"
            ),
        ),
        migrations.AddIndex(
            model_name="authorityname",
            index=models.Index(fields=["file", "load", "folded"], name="authority_name_folded"),
        ),
        migrations.AddIndex(
            model_name="vocabularyrow",
            index=models.Index(fields=["step", "outcome"], name="vocabulary_row_outcome"),
        ),
        migrations.RunPython(prefer_labels, migrations.RunPython.noop),
    ]
