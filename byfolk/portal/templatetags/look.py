"""Template tags of the look: icons, status marks, form widgets, and numbers and dates in the reader's language.

Components in `templates/cotton/` use them; inside loops they are cheaper than a component each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from byfolk.lib import norwegian

register = template.Library()

#: The five statuses in the order of a legend, with their words.
STATUS_WORDS = {
    "reached": _("Nådd"),
    "near": _("Nær"),
    "far": _("Langt unna"),
    "not_measured": _("Uten tall"),
    "hidden": _("Skjult"),
}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon by its name in lower case ("chevron-right"); always decoration beside words."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def mark(status: str, words: str = "") -> SafeString:
    """A status as shape alone, with `words` (else the status's word) for screen readers."""
    return mark_safe(_mark(status, words))  # noqa: S308 - escaped below


@register.simple_tag
def matrix_cells(cells: Sequence[Mapping[str, Any]]) -> SafeString:
    """The cells of one row of a matrix: see the component. A board has hundreds, so they are written in one go."""
    parts = []
    for cell in cells:
        shape = _mark(cell["status"], cell.get("words", ""))
        if url := cell.get("url"):
            shape = f'<a href="{escape(str(url))}">{shape}</a>'
        parts.append(
            f'<td role="cell" class="first">{shape}</td>' if cell.get("first") else f'<td role="cell">{shape}</td>'
        )
    return mark_safe("".join(parts))  # noqa: S308 - escaped above and below


@register.simple_tag
def table_cells(cells: Sequence[Mapping[str, Any]], blocks: bool = False, foot: bool = False) -> SafeString:
    """The cells of one row of a table: see the component. Long tables have hundreds, so they are written in one go."""
    first, *others = cells
    head = conditional_escape(_none_as_nothing(first.get("value"))) if foot else _content(first)
    parts = [f'<th role="rowheader" scope="row">{head}</th>']
    for cell in others:
        names = [css for key, css in _CELL_CLASSES if cell.get(key)]
        span = f' colspan="{int(cell["span"])}"' if cell.get("span") else ""
        label = f' data-label="{conditional_escape(cell["label"])}"' if blocks and cell.get("label") else ""
        parts.append(f'<td role="cell"{span} class="{" ".join(names)}"{label}>{_content(cell)}</td>')
    return mark_safe("".join(parts))  # noqa: S308 - escaped above and below


_CELL_CLASSES = (("numeric", "num"), ("svg", "pic"), ("wide_only", "wide-only"), ("strong", "strong"))


def _content(cell: Mapping[str, Any]) -> str:
    note = f' <span class="detail">{conditional_escape(cell["note"])}</span>' if cell.get("note") else ""
    return _shown(cell) + note


def _shown(cell: Mapping[str, Any]) -> str:
    """What stands in a cell, without its note: a status, a picture, a tag, a link or a value."""
    if kind := "hidden" if cell.get("hidden") else cell.get("status"):
        words = str(cell.get("hidden") or cell.get("word") or "")
        return _mark(kind, words) if cell.get("shape_only") else str(status(kind, words))
    if cell.get("svg"):
        return str(conditional_escape(cell["svg"]))
    if tag := cell.get("tag"):
        tone, word = conditional_escape(tag.get("tone") or "plain"), conditional_escape(tag.get("word", ""))
        return f'<span class="tag tag-{tone}">{word}</span>'
    value = conditional_escape(_none_as_nothing(cell.get("value")))
    return f'<a href="{conditional_escape(cell["url"])}">{value}</a>' if cell.get("url") else value


def _none_as_nothing(value: Any) -> Any:
    return "" if value is None else value


@register.simple_tag
def status(status: str, word: str = "") -> SafeString:
    """A status as shape and word; `word` says it otherwise ("Skjult: færre enn 10")."""
    return mark_safe(  # noqa: S308 - escaped here
        f'<span class="status status-{status}">{_shape(status)}<span>{_words(status, word)}</span></span>'
    )


def _mark(status: str, words: str) -> str:
    return f'{_shape(status)}<span class="sr">{_words(status, words)}</span>'


def _words(status: str, words: str) -> str:
    return escape(str(words or STATUS_WORDS[status]))


def _shape(status: str) -> str:
    """The shape of a status. Raises ValueError for what is none, so that nothing else gets into the page unescaped."""
    if status not in STATUS_WORDS:
        raise ValueError(f"unknown status {status!r}: one of {', '.join(STATUS_WORDS)}")
    return (
        f'<svg class="shape shape-{status}" aria-hidden="true" focusable="false"><use href="#status-{status}"/></svg>'
    )


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A form field's control with the look's classes, and marked as wrong where it is."""
    kind = getattr(field.field.widget, "input_type", "")
    attrs: dict[str, Any] = {}
    if kind not in ("checkbox", "radio"):
        attrs["class"] = f"ds-input {field.field.widget.attrs.get('class', '')}".strip()
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def number(value: norwegian.Number | None, decimals: int = 0) -> str:
    """A number in the reader's language; nothing for None."""
    return "" if value is None else norwegian.number(value, decimals, _language())


@register.filter
def signed(value: norwegian.Number | None, decimals: int = 0) -> str:
    """A change with its sign."""
    return "" if value is None else norwegian.signed(value, decimals, _language())


@register.filter
def percent(value: norwegian.Number | None, decimals: int = 1) -> str:
    """A number in per cent with its sign."""
    return "" if value is None else norwegian.percent(value, decimals, _language())


@register.filter
def points(value: norwegian.Number | None, decimals: int = 1) -> str:
    """A difference in percentage points, in words."""
    return "" if value is None else norwegian.points(value, decimals, _language())


@register.filter
def day(date: dt.date | None) -> str:
    """ "12. mars 2026"."""
    return "" if date is None else norwegian.day(date, _language())


@register.filter
def month(date: dt.date | None) -> str:
    """ "august 2026"."""
    return "" if date is None else norwegian.month(date, _language())


@register.filter
def in_words(value: int) -> str:
    """Zero to twelve as a word."""
    return norwegian.in_words(value, _language())


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last name."""
    return norwegian.initials(name)


def _language() -> str:
    return get_language() or "nb"
