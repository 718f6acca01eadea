"""The address of handing a leaving person's notes over."""

from django.urls import URLPattern, URLResolver, path

from annotations.views.leaving import hand_over_notes

pages: list[URLPattern | URLResolver] = [
    path("desk/people/<str:public_id>/notes/hand-over/", hand_over_notes, name="hand_over_notes")
]
plain: list[URLPattern | URLResolver] = []
