"""The back office: what its reader may see of annotation."""

from annotations import models
from archive.admin.readonly import register

for model in (models.__dict__[name] for name in models.__all__):
    register(model)
