"""Agreements are facts: they are withdrawn and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from archive.models.guards import guard


class Migration(migrations.Migration):
    dependencies = [("archive", "0025_stray_backslash")]

    operations = [
        migrations.CreateModel(
            name="AgreementWithdrawal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="archive.depositagreement",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="agreement_withdrawal_reason"
                    )
                ],
            },
        ),
        guard(["archive_depositagreement", "archive_agreementwithdrawal"]),
    ]
