"""`manage.py check` refuses folders in which nothing can be kept."""

from __future__ import annotations

from archive.checks import writable_folders


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
