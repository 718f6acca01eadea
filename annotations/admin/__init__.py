"""The back office: what its reader may see of annotation."""

from annotations import models
from annotations.admin.notes import NoteAdmin
from archive.admin.readonly import ReadOnlyAdmin, register

PAGES = {models.Annotation: NoteAdmin}

for model in (models.__dict__[name] for name in models.__all__):
    register(model, page=PAGES.get(model, ReadOnlyAdmin))
