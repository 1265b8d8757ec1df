"""The few pieces that every chart is made of: a safe string, elements, coordinates and the width of a text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

FONT = "'Inter Variable', Inter, sans-serif"


class Svg(str):
    """SVG made by this package: its texts are escaped already, so a template prints it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def fixed(value: float) -> str:
    """A coordinate with at most two decimals, without trailing zeros, so that the same data give the same bytes."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def element(name: str, *children: str, **attributes: object) -> str:
    """`<name attribute="...">`; underscores in names become hyphens, None leaves one out, numbers are fixed."""
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        text = fixed(value) if isinstance(value, int | float) else escape(str(value))
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{text}"')
    opening = " ".join(parts)
    return f"<{opening}>{''.join(children)}</{name}>" if children else f"<{opening}/>"


def text(content: str, x: float | str, y: float, *, size: float = 13, fill: str, **attributes: object) -> str:
    """A line of text; `size` in px."""
    return element("text", escape(content), x=x, y=y, font_size=size, fill=fill, **attributes)


def picture(children: Iterable[str], *, width: float, height: float, label: str, css: str) -> Svg:
    """A whole picture of fixed size with the sentence that a screen reader says; an empty label makes it decoration."""
    return Svg(
        element(
            "svg",
            *children,
            xmlns="http://www.w3.org/2000/svg",
            class_=css,
            width=width,
            height=height,
            viewBox=f"0 0 {fixed(width)} {fixed(height)}",
            font_family=FONT,
            **_named(label),
        )
    )


def fluid(children: Iterable[str], *, height: float, label: str, css: str) -> Svg:
    """A picture as wide as its cell: x coordinates inside are percentages, so that dots stay round at every width."""
    return Svg(element("svg", *children, class_=css, width="100%", height=height, **_named(label)))


def _named(label: str) -> dict[str, object]:
    return {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}


def text_width(content: str, size: float = 13, *, bold: bool = False) -> float:
    """About how many px a text takes in Inter; for keeping labels apart, good to some 5 %."""
    units = 0.0
    for letter in content:
        if letter in "iljI.,:;|'! \u00a0ftr":
            units += 0.31
        elif letter in "mwMW%@":
            units += 0.88
        elif letter.isupper():
            units += 0.7
        elif letter.isdigit():
            units += 0.62
        else:
            units += 0.57
    return units * size * (1.05 if bold else 1.0)


class Scale:
    """A straight mapping from values [low, high] to coordinates [start, end]; an empty span maps to the middle."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end = low, high, start, end

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def nice_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values (steps of 1, 2 or 5 times a power of ten) that reach over [low, high], some `about` of them."""
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(about, 1)
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = int(low // step)
    ticks = [round(first * step, 10)]
    while ticks[-1] < high - step * 1e-9:
        ticks.append(round((first + len(ticks)) * step, 10))
    return ticks


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Label positions near those wanted, in the same order, at least `gap` apart and within [low, high] if they fit."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    placed = [0.0] * len(wanted)
    edge = low - gap
    for index in order:
        edge = max(wanted[index], edge + gap)
        placed[index] = edge
    edge = high + gap
    for index in reversed(order):
        edge = min(placed[index], edge - gap)
        placed[index] = edge
    return placed
