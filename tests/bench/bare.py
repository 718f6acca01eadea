"""A peer of the API: Django with nothing but a view that inserts one row, served alike (granian serves `application`)."""

from __future__ import annotations

import json
import os

import django
from django.conf import settings

if not settings.configured:
    import environ

    database = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, DATABASES={"default": database}
    )  # fmt: skip
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


class Note(models.Model):
    """A row."""

    id = models.BigAutoField(primary_key=True)
    body = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "bare_note"

    def __str__(self) -> str:
        return self.body


@csrf_exempt
def write(request: HttpRequest) -> JsonResponse:
    """Insert the body that was sent."""
    note = Note.objects.create(body=json.loads(request.body)["body"])
    return JsonResponse({"id": note.pk}, status=201)


urlpatterns = [path("api/annotations/", write)]
application = get_wsgi_application()
