"""Addresses of deposits and of their resumable uploads."""

from django.urls import URLPattern, URLResolver, path

from archive.views import deposits, uploads

pages: list[URLPattern | URLResolver] = [
    path("desk/deposits/", deposits.deposits, name="desk_deposits"),
    path("desk/deposits/new/", deposits.new, name="deposit_new"),
    path("desk/deposits/<slug:public_id>/", deposits.deposit, name="deposit"),
    path("desk/deposits/<slug:public_id>/receipt.csv", deposits.receipt_csv, name="deposit_receipt"),
]
plain: list[URLPattern | URLResolver] = [
    path("uploads/<slug:public_id>/", uploads.uploads, name="uploads"),
    path("uploads/<slug:public_id>/<slug:item_id>", uploads.upload, name="upload"),
]
