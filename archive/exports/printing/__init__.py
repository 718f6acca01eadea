"""Printed pages: a template and a value in, a PDF out."""

from archive.exports.printing.setting import Bound, Press, breakable, printable, typeset

__all__ = ["Bound", "Press", "breakable", "printable", "typeset"]
