"""One account per role."""

from __future__ import annotations

from annotations.management.demo.material import Loaded, read
from archive.actions.record_event import record_event
from archive.models import Role, User
from archive.presenters.demo import PASSWORD


def load_people(loaded: Loaded) -> None:
    """Make the accounts; their password is printed, and publishing asks them for no second factor."""
    for entry in read("people")["people"]:
        user = User.objects.create_user(
            entry["email"], PASSWORD, display_name=entry["name"][entry["language"]],
            language=entry["language"], is_demo=True,
        )  # fmt: skip
        user.roles.set(Role.objects.filter(code__in=entry["roles"]))
        record_event("person.joined", target=user, by=None)
        loaded.people[entry["key"]] = user
