"""Relations become rows; references say their direction and the language of their note; people get a basket."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import archive.models.base
from archive.models.base import id_of_words
from archive.models.guards import guard

#: Code, name and inverse in Arabic, the same in English, what it says in Arabic and in English. Without an inverse it
#: reads alike from both ends. The first eight are those that references had before relations were rows.
RELATIONS = (
    ("cites", "يستشهد بـ", "يستشهد به", "cites", "is cited by",
     "يذكر الموضعَ الآخر مرجعًا له.", "Names the other place as its authority."),
    ("quotes", "ينقل نصَّ", "نُقل نصُّه في", "quotes", "is quoted in",
     "ينقل ألفاظ الموضع الآخر بحروفها.", "Gives the words of the other place as they stand."),
    ("draws_on", "مأخوذ عن", "أُخذ عنه", "draws on", "is drawn on by",
     "يعتمد على الموضع الآخر وإن لم يصرّح بذلك.", "Rests on the other place, whether it says so or not."),
    ("mentions", "يذكر", "مذكور في", "mentions", "is mentioned in",
     "يرد فيه ذكر ما في الموضع الآخر.", "Speaks of what the other place is about."),
    ("explains", "يشرح", "يشرحه", "explains", "is explained by",
     "يبيّن ما غمض في الموضع الآخر.", "Makes clear what is obscure in the other place."),
    ("answers", "يردّ على", "يردّ عليه", "answers", "is answered by",
     "يجيب عن سؤال الموضع الآخر أو يناقش رأيه.", "Replies to what the other place asks or holds."),
    ("corrects", "يصحّح", "يصحّحه", "corrects", "is corrected by",
     "يصلح خطأً في الموضع الآخر.", "Puts right a mistake of the other place."),
    ("summarizes", "يلخّص", "ملخَّص في", "summarizes", "is summarized in",
     "يوجز ما بُسط في الموضع الآخر.", "Says in short what the other place says at length."),
    ("continues", "يتابع", "يتابعه", "continues", "is continued by",
     "يكمل من حيث انتهى الموضع الآخر.", "Goes on where the other place ends."),
    ("part_of", "جزء من", "من أجزائه", "is part of", "has as a part",
     "داخلٌ في ما يصفه الموضع الآخر.", "Belongs to what the other place describes."),
    ("parallels", "يوازي", "", "parallels", "",
     "يشبه الموضع الآخر في لفظه أو معناه.", "Is like the other place in words or sense."),
    ("variant_of", "رواية أخرى لما في", "", "is another version of", "",
     "يروي الخبر نفسه بلفظ مختلف.", "Tells the same thing in other words."),
    ("contradicts", "يناقض", "يناقضه", "contradicts", "is contradicted by",
     "يقول خلاف ما في الموضع الآخر.", "Says the contrary of the other place."),
    ("corroborates", "يؤيّد", "يؤيّده", "corroborates", "is corroborated by",
     "يشهد لما في الموضع الآخر من طريق مستقلّ.", "Bears out the other place from a source of its own."),
    ("same_event", "يروي الحدث نفسه مع", "", "tells of the same event as", "",
     "يتحدّث الموضعان عن حدث واحد.", "Both places are about one event."),
    ("depicts", "يصوّر", "يصوّره", "depicts", "is depicted by",
     "صورة أو رسم أو تسجيل لما يصفه الموضع الآخر.", "A picture, drawing or film of what the other place describes."),
    ("translates", "يترجم", "يترجمه", "translates", "is translated by",
     "ينقل الموضع الآخر إلى لغة أخرى.", "Gives the other place in another language."),
    ("see_also", "انظر أيضًا", "", "see also", "",
     "صلةٌ لا يصفها اسم آخر؛ تُشرح في ملاحظة الإحالة.", "A tie that no other name fits; the note on the reference says which."),
)  # fmt: skip


def add_relations(apps, schema_editor):
    rows = apps.get_model("annotations", "NamedRelation").objects
    for order, (code, ar, back_ar, en, back_en, says_ar, says_en) in enumerate(RELATIONS, start=1):
        rows.create(
            public_id=id_of_words(f"relation:{code}"), code=code, name_ar=ar, name_en=en,
            inverse_ar=back_ar or ar, inverse_en=back_en or en, is_symmetric=not back_en,
            description_ar=says_ar, description_en=says_en, order=order * 10,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0009_picked_notes"),
        ("archive", "0024_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="crossreference",
            name="is_inverse",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="crossreference",
            name="note_language",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AlterField(
            model_name="crossreference",
            name="relation",
            field=models.CharField(max_length=14),
        ),
        migrations.CreateModel(
            name="NamedRelation",
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(editable=False, max_length=14, unique=True)),
                ("name_ar", models.CharField(max_length=80, verbose_name="name in Arabic")),
                ("name_en", models.CharField(max_length=80, verbose_name="name in English")),
                ("inverse_ar", models.CharField(max_length=80, verbose_name="inverse name in Arabic")),
                ("inverse_en", models.CharField(max_length=80, verbose_name="inverse name in English")),
                ("is_symmetric", models.BooleanField(default=False)),
                (
                    "description_ar",
                    models.CharField(blank=True, max_length=500, verbose_name="description in Arabic"),
                ),
                (
                    "description_en",
                    models.CharField(blank=True, max_length=500, verbose_name="description in English"),
                ),
                ("order", models.PositiveSmallIntegerField(default=100)),
                ("retired_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_ar", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                            models.Q(("inverse_ar", ""), _negated=True),
                            models.Q(("inverse_en", ""), _negated=True),
                        ),
                        name="relation_named_both_ways",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_symmetric", False),
                            models.Q(
                                ("inverse_ar", models.F("name_ar")), ("inverse_en", models.F("name_en"))
                            ),
                            _connector="OR",
                        ),
                        name="relation_symmetric_alike",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PickedPlace",
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
                ("place", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "annotation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.annotation",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.image",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.text",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="picked_places",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "video",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.video",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.work",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "digest"), name="picked_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("annotation", None),
                                ("image", None),
                                ("text__isnull", False),
                                ("video", None),
                                ("work", None),
                            ),
                            models.Q(
                                ("annotation", None),
                                ("image__isnull", False),
                                ("text", None),
                                ("video", None),
                                ("work", None),
                            ),
                            models.Q(
                                ("annotation", None),
                                ("image", None),
                                ("text", None),
                                ("video__isnull", False),
                                ("work", None),
                            ),
                            models.Q(
                                ("annotation", None),
                                ("image", None),
                                ("text", None),
                                ("video", None),
                                ("work__isnull", False),
                            ),
                            models.Q(
                                ("annotation__isnull", False),
                                ("image", None),
                                ("text", None),
                                ("video", None),
                                ("work", None),
                            ),
                            _connector="OR",
                        ),
                        name="picked_place_is_one_thing",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_relations, migrations.RunPython.noop),
        # SQLite makes the table anew for a new column, without its triggers.
        guard(["annotations_crossreference"]),
    ]
