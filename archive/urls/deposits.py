"""Addresses of deposits and of their resumable uploads."""

from django.urls import URLPattern, URLResolver, path

from archive.views import (
    deposit_descriptions,
    deposit_papers,
    deposit_undo,
    deposits,
    same_bytes_desk,
    uploads,
)

pages: list[URLPattern | URLResolver] = [
    path("desk/deposits/", deposits.deposits, name="desk_deposits"),
    path("desk/deposits/new/", deposits.new, name="deposit_new"),
    path("desk/deposits/<slug:public_id>/", deposits.deposit, name="deposit"),
    path("desk/deposits/<slug:public_id>/receipt.csv", deposits.receipt_csv, name="deposit_receipt"),
    path("desk/deposits/<slug:public_id>/print/", deposit_papers.print_, name="print_receipt"),
    path("desk/deposits/<slug:public_id>/agreement/", deposit_papers.agreement, name="deposit_agreement"),
    path("desk/deposits/<slug:public_id>/undo/", deposit_undo.undo, name="undo_deposit"),
    path("desk/deposits/<slug:public_id>/rest/", deposits.leave_out, name="deposit_rest"),
    path("desk/deposits/<slug:public_id>/same/", same_bytes_desk.settle_all, name="deposit_same"),
    path("desk/deposits/<slug:public_id>/embedded/", deposit_descriptions.embedded, name="deposit_embedded"),
    path(
        "desk/deposits/<slug:public_id>/table/<slug:item_id>/",
        deposit_descriptions.table,
        name="deposit_table",
    ),
    path("desk/receipts/<slug:public_id>/", deposit_papers.printed, name="printed_receipt"),
    path(
        "desk/receipts/<slug:public_id>/receipt.pdf", deposit_papers.printed_file, name="printed_receipt_file"
    ),
]
plain: list[URLPattern | URLResolver] = [
    path("uploads/<slug:public_id>/", uploads.uploads, name="uploads"),
    path("uploads/<slug:public_id>/list", uploads.listed, name="upload_list"),
    path("uploads/<slug:public_id>/<slug:item_id>", uploads.upload, name="upload"),
    path("uploads/<slug:public_id>/<slug:item_id>/sha256", uploads.tell, name="upload_sha256"),
]
