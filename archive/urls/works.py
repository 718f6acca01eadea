"""Addresses of the desk of works and collections."""

from django.urls import URLPattern, URLResolver, path

from archive.views import parts_desk, sections_desk, works_desk

pages: list[URLPattern | URLResolver] = [
    path("desk/works/", works_desk.works, name="desk_works"),
    path("desk/works/new/", works_desk.new_work, name="desk_work_new"),
    path("desk/works/<slug:public_id>/", works_desk.work, name="desk_work"),
    path("desk/works/<slug:public_id>/parts/", parts_desk.parts, name="desk_parts"),
    path("desk/works/<slug:public_id>/parts/accept/", parts_desk.accept, name="accept_parts"),
    path("desk/works/<slug:public_id>/sections/", sections_desk.work_sections, name="work_sections"),
    path("desk/works/texts/<slug:public_id>/keep/", sections_desk.keep, name="keep_section"),
    path("desk/works/sections/<slug:public_id>/", sections_desk.section, name="desk_section"),
    path("desk/works/<slug:public_id>/describe/", works_desk.describe_work_page, name="describe_work"),
    path("desk/works/<slug:public_id>/rename/", works_desk.rename_work, name="rename_work"),
    path("desk/collections/", works_desk.collections, name="desk_collections"),
    path("desk/collections/new/", works_desk.new_collection, name="desk_collection_new"),
    path("desk/collections/<slug:public_id>/", works_desk.describe_collection_page, name="desk_collection"),
    path("desk/collections/<slug:public_id>/rename/", works_desk.rename_collection, name="rename_collection"),
]
plain: list[URLPattern | URLResolver] = []
