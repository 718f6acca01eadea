"""The background worker's application; its settings are the `CELERY_` ones."""

import os

from celery import Celery

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

broker.install()
app = Celery("hashiya")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["archive", "annotations"])
