"""Printed pages: a template and a value in, a PDF out."""

from archive.exports.printing.typeset import breakable, printable, typeset

__all__ = ["breakable", "printable", "typeset"]
