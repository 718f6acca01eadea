"""The page of the documentation that shows which step may follow which, drawn from the tables."""

from __future__ import annotations

from annotations.transitions import TABLES, diagram

HEAD = """# States and steps

Drawn from `annotations/transitions.py` by `manage.py state_diagrams`; a test compares. *Who* may take a step is said in
`annotations/access/declarations.py`, `declared_review.py` and `declared_editions.py`. A release is inserted sealed and never changed: publishing and
withdrawing are events inserted after it, and what is scheduled is published when its moment comes, by the clock alone.
"""
TITLES = {"annotation": "A note", "term": "A term", "release": "A release"}


def states_page() -> str:
    """Return the page as Markdown."""
    parts = [f"## {TITLES[table.name]}\n\n```mermaid\n{diagram(table)}\n```\n" for table in TABLES]
    return "\n".join([HEAD, *parts])
