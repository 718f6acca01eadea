"""Print the table of environment variables: `python -m config.table > docs/configuration.md`."""

from config.env import VARIABLES

HEAD = """# Configuration

Everything that differs between installations is an environment variable, read in one place (`config/env.py`, from which this page is
made by `python -m config.table`). A missing or wrong one stops the start with a sentence that says what to set. Each may be given
a `HASHIYA_` prefix (`HASHIYA_DATABASE_URL`) where plain names would clash.

| variable | default | what it does | for example |
|---|---|---|---|
"""


def table() -> str:
    """Return the page."""
    rows = (
        f"| `{v.name}` | {'required in production' if v.default is None else f'`{v.default}`' if v.default else 'empty'} "
        f"| {v.meaning} | `{v.example}` |"
        for v in VARIABLES.values()
    )
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(table(), end="")  # noqa: T201 - printing is what it is for.
