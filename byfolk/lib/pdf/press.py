"""Compiles Typst templates that lie in the package, with data given as JSON."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

import byfolk

#: Templates import each other by their path in the package: `#import "/lib/pdf/look.typ"`.
ROOT = Path(byfolk.__file__).resolve().parent
STANDARDS: list[Any] = ["ua-1"]


class PdfError(RuntimeError):
    """The PDF could not be made. The message is Typst's own, with where in the template it was."""


class Press:
    """Makes PDFs from one template. It may be kept and used from several threads: one document at a time.

    The template reads its data with `json(bytes(sys.inputs.data))`. SVG pictures are texts in the data, with colours
    that stand alone (`byfolk.lib.charts.light`).
    """

    def __init__(self, template: Path | bytes, fonts: typst.Fonts) -> None:
        self._template: Any = template if isinstance(template, bytes) else str(template)
        self._compiler = typst.Compiler(root=str(ROOT), font_paths=fonts)
        self._one_at_a_time = threading.Lock()

    def pdf(self, data: Mapping[str, Any], *, at: dt.datetime) -> bytes:
        """The document as PDF/UA-1. `at` (with time zone) is when it says that it was made: the same data and time
        give the same bytes.

        Raises `PdfError` for what Typst refuses, which includes what PDF/UA-1 forbids, and for a font that is missing.
        """
        given = {"data": json.dumps(data, ensure_ascii=False)}
        # Typst takes whole seconds with a fixed offset.
        stamp = at.replace(microsecond=0).astimezone(dt.timezone(at.utcoffset() or dt.timedelta()))
        try:
            with self._one_at_a_time:
                made, warnings = self._compiler.compile_with_warnings(
                    self._template, format="pdf", sys_inputs=given, pdf_standards=STANDARDS, timestamp=stamp
                )
        except typst.TypstError as error:
            raise PdfError("\n".join([error.message, *error.hints, error.diagnostic])) from error
        if lost := [warning.message for warning in warnings if "font" in warning.message]:
            raise PdfError("; ".join(lost))
        assert isinstance(made, bytes)
        return made
