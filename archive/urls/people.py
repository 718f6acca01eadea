"""Addresses of the administrator's desk and of joining."""

from django.urls import URLPattern, URLResolver, path

from archive.views import health, own_address, own_data, own_groups, people, site_desk

pages: list[URLPattern | URLResolver] = [
    path("desk/people/", people.people, name="people"),
    path("desk/people/invite/", people.invite_person, name="invite"),
    path("desk/people/<str:public_id>/", people.person, name="person"),
    path("desk/people/<str:public_id>/address/", own_address.person_address, name="person_address"),
    path("desk/people/<str:public_id>/data/", own_data.person_data, name="person_data"),
    path("desk/people/<str:public_id>/data/erase/", own_data.erase_person, name="erase_person"),
    path("desk/people/<str:public_id>/data/keep/", own_data.keep_person, name="keep_person"),
    path("desk/people/<str:public_id>/<str:act>/", people.person_act, name="person_act"),
    path("desk/my-groups/", own_groups.own_groups, name="own_groups"),
    path("desk/my-groups/<str:public_id>/", own_groups.own_group, name="own_group"),
    path("desk/groups/new/", people.group, name="group_new"),
    path("desk/groups/<str:public_id>/", people.group, name="group"),
    path("desk/site/jobs/requeue/", site_desk.requeue, name="requeue_jobs"),
    path("desk/site/health/", site_desk.site_health, name="site_health"),
    path("desk/site/", site_desk.site_settings, name="site_settings"),
    path("desk/site/new/", site_desk.new_page, name="site_page_new"),
    path("desk/site/<slug:slug>/", site_desk.site_page, name="site_page"),
    path("join/<str:secret>/", people.join, name="join"),
]
plain: list[URLPattern | URLResolver] = [path("healthz", health.healthz, name="healthz")]
