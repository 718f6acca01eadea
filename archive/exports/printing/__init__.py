"""Printed pages: a template and a value in, a PDF out."""

from archive.exports.printing.setting import breakable, printable, typeset

__all__ = ["breakable", "printable", "typeset"]
