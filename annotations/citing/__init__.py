"""Sources outside the archive, as CSL data: what was pasted becomes one item, and what it may hold is checked.

Pure Python. The vocabulary is that of CSL 1.0.2 (citationstyles.org, `csl-data.json`).
"""

from annotations.citing.checking import Csl, checked
from annotations.citing.pasted import item_of

__all__ = ["Csl", "checked", "item_of"]
