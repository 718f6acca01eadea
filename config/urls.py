"""All addresses: pages under a language; API, files and feeds without one."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

import annotations.urls
import annotations.urls.api
import archive.urls
import archive.urls.api
from archive.admin.office import back_office

router = DefaultRouter()
router.include_format_suffixes = False  # One address a thing; `Accept` chooses the form.
for prefix, viewset, basename in (*archive.urls.api_routes, *annotations.urls.api_routes):
    router.register(prefix, viewset, basename=basename)

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/", include([*archive.urls.api.paths, *annotations.urls.api.paths, *router.urls])),
    *archive.urls.plain,
    *annotations.urls.plain,
    *i18n_patterns(
        path("back-office/", back_office.urls),
        *archive.urls.pages,
        *annotations.urls.pages,
    ),
]

handler400 = "archive.views.errors.bad_request"
handler403 = "archive.views.errors.forbidden"
handler404 = "archive.views.errors.not_found"
handler429 = "archive.views.errors.too_many"  # Asked for by django-allauth.
handler500 = "archive.views.errors.server_error"
