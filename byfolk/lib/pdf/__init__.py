"""Accessible PDF (PDF/UA-1) by Typst, from a template and data: tagged, titled, with its language and its own fonts.

`fonts` makes the web's font files readable for Typst; `Press` compiles a template with data. Typst itself refuses
what PDF/UA-1 forbids (a picture without alternative text, a document without a title, headings that skip a level).
"""

from byfolk.lib.pdf.fonts import fonts
from byfolk.lib.pdf.pages_font import font_files
from byfolk.lib.pdf.press import PdfError, Press

__all__ = ["PdfError", "Press", "font_files", "fonts"]
