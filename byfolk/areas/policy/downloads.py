"""Files of exactly what a page shows: CSV of its first table, or XLSX with a sheet for each."""

from __future__ import annotations

import io
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from byfolk.lib.tables import Sheet, write_csv, write_xlsx

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def wanted_kind(request: HttpRequest) -> str | None:
    """The kind of file that the address asks for with `?last=`; None for the page itself."""
    kind = request.GET.get("last", "")
    return kind if kind in TYPES else None


def file_answer(kind: str, sheets: Sequence[Sheet], *, name: str) -> HttpResponse:
    """The sheets as a file to keep. A CSV holds one table, so it is the first sheet, which is the page's main one."""
    content = io.BytesIO()
    if kind == "csv":
        write_csv(content, sheets[0].frame, titles=sheets[0].titles)
    else:
        write_xlsx(content, list(sheets))
    answer = HttpResponse(content.getvalue(), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
