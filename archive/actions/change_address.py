"""Change the address with which somebody signs in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.access import require
from archive.actions.mail_news import take_back_mails
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed, NotVisible
from archive.models import User

#: Seconds for which the link of the confirming mail is good.
GOOD_FOR = 24 * 3600
_SALT = "archive.change_address"


def ask_for_address(*, email: str, password: str, by: User) -> None:
    """Send a link to the wanted address that makes it the one of `by`, recorded; nothing else changes yet.

    Whether another account has it is told to nobody but whoever reads its mail. Raises NotAllowed on a site without
    mail, where an administrator changes it, and Invalid("wrong_password").
    """
    if not settings.SENDS_MAIL:
        raise NotAllowed("address_without_mail")
    _check_password(password, by)
    wanted = email.strip().casefold()
    record_event("person.address_asked", target=by, by=by)
    if _is_taken(wanted, of=by):
        words = _(
            "Somebody wanted this address for another account. There is an account with it already; nothing changed."
        )
    else:
        link = settings.PUBLIC_URL + reverse("confirm_address", args=[_key(by, wanted)])
        words = (
            _("Open this link within a day, signed in, to sign in with this address from then on:")
            + f"\n\n{link}"
        )
    _send(wanted, _("Your new e-mail address"), words)


def ask_to_confirm(*, by: User) -> None:
    """Send a link to the address of `by` that shows that it is theirs; without it no news go there.

    Raises NotAllowed on a site without mail.
    """
    if not settings.SENDS_MAIL:
        raise NotAllowed("address_without_mail")
    link = settings.PUBLIC_URL + reverse("confirm_address", args=[_key(by, by.email)])
    words = _("Open this link within a day, signed in, to show that this address is yours:")
    _send(by.email, _("Is this your e-mail address?"), f"{words}\n\n{link}")


def wanted_address(key: str, *, by: User) -> str:
    """Return the address that a mail's link is about.

    Raises NotVisible when the link is another's, old, or made before the address or password was changed.
    """
    try:
        user, wanted, state = signing.loads(key, salt=_SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        raise NotVisible("not_visible") from None
    if user != by.public_id or state != _state(by):
        raise NotVisible("not_visible")
    return str(wanted)


def confirm_address(*, key: str, by: User) -> User:
    """Make the address that a mail's link is about the account's own; tell the old one.

    Raises NotVisible, also when somebody else took the address meanwhile: the link tells no more than one too old.
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        before, wanted = user.email, wanted_address(key, by=user)
        if _is_taken(wanted, of=user):
            raise NotVisible("not_visible")
        _set(user, wanted, is_verified=True, by=by)
    _tell(before, now=wanted)
    return user


def change_address(*, user_id: int, email: str, password: str, by: User) -> User:
    """Give an account another address, by an administrator, who shows with their own password that it is they.

    Raises NotVisible, NotAllowed, Invalid("wrong_password"), Invalid("account_exists").
    """
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).get(pk=user_id)
        require(by, "change", user)
        _check_password(password, by)
        before, wanted = user.email, email.strip().casefold()
        if _is_taken(wanted, of=user):
            raise Invalid("account_exists", field="email")
        _set(user, wanted, is_verified=False, by=by)
    _tell(before, now=wanted)
    return user


def _set(user: User, wanted: str, *, is_verified: bool, by: User) -> None:
    user.email = wanted
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:  # Somebody took it between the question and this.
        raise Invalid("account_exists", field="email") from None
    take_back_mails(user)  # What waits would go to the old one.
    # allauth keeps addresses besides and signs in by them: the old one ends, and nobody keeps this one in reserve.
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.filter(email__iexact=wanted).delete()
    EmailAddress.objects.create(user=user, email=wanted, primary=True, verified=is_verified)
    record_event("person.address_changed", target=user, by=by)


def _tell(before: str, *, now: str) -> None:
    """Tell the old address, once the change is kept: it may have been somebody else's doing."""
    if settings.SENDS_MAIL and before != now:
        words = _(
            "The address of your account was changed. If it was not you, tell the site's administrator."
        )
        _send(before, _("Your e-mail address was changed"), words)


def _is_taken(wanted: str, *, of: User) -> bool:
    return User.objects.filter(email__iexact=wanted).exclude(pk=of.pk).exists()


def _check_password(password: str, by: User) -> None:
    if not by.check_password(password):
        raise Invalid("wrong_password", field="password")


def _state(user: User) -> str:
    """Return what a link depends on: it is over once the address or the password is another."""
    return signing.Signer(salt=_SALT).signature(f"{user.email} {user.get_session_auth_hash()}")


def _key(user: User, wanted: str) -> str:
    return signing.dumps([user.public_id, wanted, _state(user)], salt=_SALT)


def _send(address: str, subject: str, words: str) -> None:
    send_mail(subject, f"{words}\n\n{settings.PUBLIC_URL}\n", settings.DEFAULT_FROM_EMAIL, [address])
