"""Addresses of consents."""

from django.urls import URLPattern, URLResolver, path

from archive.views import consents

pages: list[URLPattern | URLResolver] = [
    path("desk/consents/", consents.consents, name="desk_consents"),
    path("desk/works/<slug:public_id>/consents/", consents.work_consents, name="work_consents"),
    *(
        path(
            f"desk/consents/<slug:public_id>/{act}/",
            consents.consent_act,
            {"act": act},
            name=f"{act}_consent",
        )
        for act in ("withdraw", "settle")
    ),
]
plain: list[URLPattern | URLResolver] = []
