"""`manage.py check` refuses folders in which nothing can be kept."""

from __future__ import annotations

import pytest

from archive.checks import sign_up_with_mail, writable_folders


def test_folders_that_can_be_written_or_made_pass(settings, tmp_path):
    settings.MEDIA_ROOT, settings.STATE_ROOT = str(tmp_path), tmp_path / "not/yet"

    assert not writable_folders(None)


def test_a_folder_that_cannot_be_is_named(settings, tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    settings.MEDIA_ROOT, settings.STATE_ROOT = str(file / "media"), tmp_path

    (error,) = writable_folders(None)

    assert "MEDIA_ROOT" in error.msg
    assert error.id == "hashiya.E006"


@pytest.mark.parametrize(
    ("signup", "mail", "errors"),
    [("open", False, ["hashiya.E008"]), ("open", True, []), ("invite", False, []), ("closed", False, [])],
)
def test_sign_up_for_everyone_needs_mail(settings, signup, mail, errors):
    settings.SIGNUP, settings.SENDS_MAIL = signup, mail

    assert [error.id for error in sign_up_with_mail(None)] == errors
