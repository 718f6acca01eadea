"""Addresses of the history of descriptions, and of changing many of them."""

from django.urls import URLPattern, URLResolver, path

from archive.presenters.described_values import KINDS
from archive.views import bulk, description_history, tables

pages: list[URLPattern | URLResolver] = [
    pattern
    for kind in KINDS
    for pattern in (
        path(
            f"desk/{kind}s/<slug:public_id>/history/", description_history.history, {"kind": kind},
            name=f"{kind}_history",
        ),
        path(
            f"desk/{kind}s/<slug:public_id>/history/compare/", description_history.compare, {"kind": kind},
            name=f"{kind}_compare",
        ),
        path(
            f"desk/{kind}s/<slug:public_id>/history/restore/", description_history.restore, {"kind": kind},
            name=f"{kind}_restore",
        ),
    )
]  # fmt: skip
pages += [
    path(f"desk/many/{kind}s/", bulk.bulk, {"kind": kind}, name=f"{kind}_bulk")
    for kind in ("work", "image", "video")
]
pages += [
    path(f"desk/many/{kind}s/table/", tables.table, {"kind": kind}, name=f"{kind}_table") for kind in KINDS
]
pages += [
    path("desk/many/", bulk.steps, name="bulk_steps"),
    path("desk/many/steps/<slug:public_id>/", bulk.step, name="bulk_step"),
    path("desk/many/steps/<slug:public_id>/columns/", tables.columns, name="table_columns"),
    path("desk/many/steps/<slug:public_id>/rows.csv", tables.rows_csv, name="bulk_rows"),
    path("desk/many/steps/<slug:public_id>/apply/", bulk.apply, name="bulk_apply"),
    path("desk/many/steps/<slug:public_id>/undo/", bulk.undo, name="bulk_undo"),
    path("desk/many/steps/<slug:public_id>/open/", bulk.open_shown, name="bulk_open"),
]
plain: list[URLPattern | URLResolver] = []
