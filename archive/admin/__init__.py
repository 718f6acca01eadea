"""The back office: every row of the archive that its reader may see; changes go through the desks and their actions."""

from archive import models
from archive.admin.readonly import register

#: The site's own records: acts without names, checks of files, addresses that moved.
RECORDS = (models.AuditEvent, models.AuditHead, models.FixityCheck, models.SlugRedirect)

for model in (models.__dict__[name] for name in models.__all__):
    register(model, is_record=model in RECORDS)
