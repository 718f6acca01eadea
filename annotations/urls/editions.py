"""The editor's desk."""

from django.urls import URLPattern, URLResolver, path

from annotations.views import edition_notes, edition_steps, editions, release_exports, releases

_EDITION = "desk/editions/<slug:public_id>/"
_RELEASE = "desk/editions/releases/<slug:public_id>/"

pages: list[URLPattern | URLResolver] = [
    path("desk/editions/", editions.editions, name="desk_editions"),
    path("desk/editions/new/", editions.new_edition, name="desk_edition_new"),
    path(_EDITION, editions.edition, name="desk_edition"),
    path(f"{_EDITION}plan/", editions.change, name="desk_edition_plan"),
    path(f"{_EDITION}notes/", edition_notes.choose_notes, name="desk_edition_notes"),
    path(f"{_EDITION}seal/", edition_steps.seal_release, name="desk_edition_seal"),
    path(f"{_EDITION}put-away/", edition_steps.put_away, name="desk_edition_put_away"),
    path(f"{_EDITION}preview/", releases.preview, name="desk_edition_preview"),
    path(
        f"{_EDITION}preview/spans.json", releases.preview_data, {"what": "spans"}, name="desk_preview_spans"
    ),
    path(
        f"{_EDITION}preview/annotations.json",
        releases.preview_data,
        {"what": "notes"},
        name="desk_preview_notes",
    ),
    *(
        path(
            f"{_EDITION}preview/{which}/",
            releases.preview_chart,
            {"which": which},
            name=f"desk_preview_{which}",
        )
        for which in ("timeline", "map")
    ),
    path(_RELEASE, releases.release, name="desk_release"),
    path(f"{_RELEASE}publish/", releases.publish_release, name="desk_release_publish"),
    path(f"{_RELEASE}cancel/", releases.cancel_release, name="desk_release_cancel"),
    path(f"{_RELEASE}withdraw/", releases.withdraw, name="desk_release_withdraw"),
    path(f"{_RELEASE}downloads/", release_exports.release_exports, name="desk_release_exports"),
    path(f"{_RELEASE}downloads/<slug:form>/", release_exports.ask_export, name="desk_release_export"),
    path(
        f"{_RELEASE}downloads/<slug:form>/file", release_exports.export_file, name="desk_release_export_file"
    ),
    path(f"{_RELEASE}read/", releases.read, name="desk_release_read"),
    *(
        path(f"{_RELEASE}read/{which}/", releases.read_chart, {"which": which}, name=f"desk_release_{which}")
        for which in ("timeline", "map")
    ),
    path(f"{_RELEASE}read/spans.json", releases.read_data, {"what": "spans"}, name="desk_release_spans"),
    path(
        f"{_RELEASE}read/annotations.json", releases.read_data, {"what": "notes"}, name="desk_release_notes"
    ),
]
plain: list[URLPattern | URLResolver] = []
