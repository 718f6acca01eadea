"""Make facts insert-only in the database itself."""

from django.db import migrations

from archive.models.guards import guard


class Migration(migrations.Migration):
    dependencies = [("annotations", "0001_initial")]

    operations = [
        guard(
            [
                "annotations_locus",
                "annotations_anchor",
                "annotations_annotationversion",
                "annotations_versiontag",
                "annotations_crossreference",
                "annotations_submission",
                "annotations_submissionitem",
                "annotations_decision",
                "annotations_release",
                "annotations_releasenote",
                "annotations_releasemember",
                "annotations_releasefile",
                "annotations_releaseevent",
            ]
        )
    ]
