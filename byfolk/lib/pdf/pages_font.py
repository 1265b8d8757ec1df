"""The font of the web pages, which documents are set in too."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders

from byfolk.lib.pdf.press import PdfError

#: The pages' own font, for the letters of Norwegian, Sami and the neighbours' names.
FONT_FILES = (
    "vendor/inter/files/inter-latin-opsz-normal.woff2",
    "vendor/inter/files/inter-latin-ext-opsz-normal.woff2",
)


def font_files() -> list[Path]:
    """Where the pages' font lies. Raises `PdfError` where the look is not built."""
    found = [finders.find(name) for name in FONT_FILES]
    if not all(found):
        raise PdfError("The font is missing: run `byfolk setup --no-database`, which builds the look")
    return [Path(str(path)) for path in found]
