"""Keep the wording that a reviewer suggests when a note is returned."""

from django.db import migrations, models

from archive.models.guards import guard


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0016_reports_and_assignments"),
        ("archive", "0027_pages_words_recordings"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="suggestion",
            field=models.TextField(blank=True, default="", verbose_name="suggested wording"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("suggestion", ""), ("outcome", "return"), _connector="OR"),
                name="decision_suggestion",
            ),
        ),
        migrations.AddField(
            model_name="pastevent",
            name="suggestion",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddConstraint(
            model_name="pastevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("suggestion", ""), ("kind", "return"), _connector="OR"),
                name="past_suggestion",
            ),
        ),
        # SQLite makes a changed table anew, without its guards.
        guard(["annotations_decision", "annotations_pastevent"]),
    ]
