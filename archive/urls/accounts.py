"""Addresses of signing in and of one's own account: those views of django-allauth that the site needs, and its own.

allauth's page of e-mail addresses is not among them: it takes any address unseen, unrecorded, and tells whose it is.
"""

from allauth.account import views
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic.base import RedirectView

from archive.views import own_address, own_data, own_mails

_ACCOUNT: list[URLPattern | URLResolver] = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Refuses by itself unless the site is open for sign-up; so do the two that wait for its mail.
    path("signup/", views.signup, name="account_signup"),
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", views.confirm_email, name="account_confirm_email"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    # allauth sends there who has no password yet: they get one as those do who forgot theirs.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("data/", own_data.own_data, name="own_data"),
    path("data/package/", own_data.ask_own_data, name="ask_own_data"),
    path("data/erase/", own_data.erase_own, name="erase_own"),
    path("data/keep/", own_data.keep_own, name="keep_own"),
    path("mails/", own_mails.own_mails, name="own_mails"),
    path("mails/confirm/", own_mails.confirm_own, name="confirm_own_address"),
    path("mails/stop/<str:key>/", own_mails.stop, name="stop_mails"),
    path("email/", own_address.own_address, name="account_email"),
    path("email/<str:key>/", own_address.confirm, name="confirm_address"),
]
pages: list[URLPattern | URLResolver] = [path("account/", include(_ACCOUNT))]
plain: list[URLPattern | URLResolver] = [
    path("files/personal/<slug:public_id>", own_data.personal_file, name="personal_file"),
]
