"""The site's own pages and the small things that browsers and robots ask for."""

from django.urls import URLPattern, URLResolver, path

from archive.views import site, view_as

pages: list[URLPattern | URLResolver] = [
    path("about/", site.page, {"slug": "about"}, name="about"),
    path("privacy/", site.page, {"slug": "privacy"}, name="privacy"),
    path("contact/", site.page, {"slug": "contact"}, name="contact"),
    path("pages/", site.guides, name="guides"),
    path("pages/<slug:slug>/", site.page, name="page"),
    path("desk/view-as/", view_as.view_as, name="view_as"),
    path("desk/view-as/end/", view_as.end, name="view_as_end"),
    path("account-corner/", site.account_corner, name="account_corner"),
]
plain: list[URLPattern | URLResolver] = [
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
]
