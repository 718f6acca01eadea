"""Make facts insert-only in the database itself."""

from django.db import migrations

from archive.models.guards import guard


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_initial")]

    operations = [
        guard(
            [
                "archive_storedfile",
                "archive_filearrival",
                "archive_fixitycheck",
                "archive_textrevision",
                "archive_slugredirect",
                "archive_derivative",
                "archive_auditevent",
            ]
        )
    ]
