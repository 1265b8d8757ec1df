"""A restricted Markdown: headings, paragraphs, lists, quotes, bold, italics and links. Never HTML, pictures or scripts.

Headings begin at the second level, since the page has the first, and each has an id to link to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from byfolk.lib.texts import key_for, plain

RULES = ("heading", "list", "blockquote", "hr", "emphasis", "link", "newline", "escape", "entity")
_ADDRESS = re.compile(r"(?:https://|http://|mailto:|#|/(?![/\\]))", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading of the second level: what it says, and its id on the page."""

    title: str
    name: str


@dataclass(frozen=True)
class Rendered:
    """A text as HTML that is safe to show, and its headings of the second level."""

    html: SafeString
    headings: tuple[Heading, ...]


def _made() -> MarkdownIt:
    made = MarkdownIt("zero", {"html": False, "linkify": False}).enable(list(RULES))
    # Only addresses that lead somewhere: never scripts or data.
    made.validateLink = lambda url: bool(_ADDRESS.match(url.strip()))  # type: ignore[method-assign]
    return made


_MARKDOWN = _made()


def render(text: str) -> Rendered:
    """The text as HTML. Whatever is not of the restricted kind is shown as it was written."""
    tokens = _MARKDOWN.parse(text)
    headings = _head(tokens)
    # Safe: HTML is off, the renderer escapes all text, and addresses are held to `_ADDRESS`.
    html = SafeString(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return Rendered(html, tuple(headings))


def _head(tokens: Sequence[Token]) -> list[Heading]:
    """Move headings down to where they belong, and give each an id. A list of those of the second level."""
    found, taken = [], {"content"}
    for place, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        level = min(max(int(token.tag[1]), 2), 4)
        token.tag = f"h{level}"
        if token.type == "heading_open":
            title = _words(tokens[place + 1])
            name = key_for(title, taken)
            taken.add(name)
            token.attrSet("id", name)
            if level == 2:
                found.append(Heading(title, name))
    return found


def _words(token: Token) -> str:
    """What an inline token says, without its marks."""
    return "".join(
        child.content if child.type == "text" else " " * ("break" in child.type) for child in token.children or ()
    )


def tidy(text: str) -> str:
    """A text as it is kept: without control characters, lines without blanks at their end, none empty at either end."""
    rows = [plain(row).rstrip() for row in re.split(r"\r\n|\r|\n", text)]
    return "\n".join(rows).strip("\n")


def blocks(text: str) -> list[str]:
    """The paragraphs, headings and lists of a text, as they were written: what stands between empty lines."""
    return [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
