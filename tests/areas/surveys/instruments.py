"""A draft to build on in the browser, and what its pages say."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.changing import Part, seen
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.organisation.models import Unit
from tests.engines.questionnaires.instruments.instruments import EVERYTHING

AsPersona = Callable[[str | None], Client]
TOP = "/undersokelser/skjemaer/"


def draft_of_everything() -> InstrumentVersion:
    """A draft of the care agency's with every kind of item."""
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    return storing.new_instrument("theirs", "pulse", care, EVERYTHING, timezone.now())


def at(version: InstrumentVersion, *more: str) -> str:
    return "/".join([f"{TOP}{version.instrument.code}/{version.number}", *more]) + "/"


def text_of(response: Any) -> str:
    """The words of a page."""
    page = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def content_of(version: InstrumentVersion) -> Any:
    return InstrumentVersion.objects.get(pk=version.pk).parsed


def item_form(version: InstrumentVersion, code: str, **changed: str) -> dict[str, str]:
    """The form of an item with a scale as it is filled in when it is opened."""
    content = content_of(version)
    item = content.item(code)
    texts = {f"text_{one}": item.text.written(one) for one in ("nb", "nn", "en")}
    mark = seen(content, Part.ITEM, code)
    return texts | {"section": "work", "scale": "agree", "seen": mark} | changed
