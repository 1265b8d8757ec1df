"""Font files for Typst, which reads TTF and OTF (variable ones too), made from the WOFF2 files that pages use."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst


def fonts(sources: Sequence[Path], folder: Path) -> typst.Fonts:
    """The fonts of these WOFF2 files and nothing else: neither the machine's nor those that Typst brings.

    The unpacked files are kept below `folder` by the sources' content; the first time takes about a second a file.
    Raises `FileNotFoundError` for a source that is not there.
    """
    contents = [source.read_bytes() for source in sources]
    stamp = b"2" + b"".join(hashlib.sha256(content).digest() for content in contents)
    kept = folder / hashlib.sha256(stamp).hexdigest()[:16]
    kept.mkdir(parents=True, exist_ok=True)
    for source in sources:
        _unpack(source, kept / f"{source.stem}.ttf")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(kept)])


def _unpack(source: Path, target: Path) -> None:
    if target.exists():
        return
    from fontTools.ttLib import TTFont

    # The same font wherever it is unpacked: without the day on which that was done.
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    # Two processes may unpack at once: each writes a file of its own, and the last to finish puts the same in place.
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as part:
        font.save(part)
    os.replace(part.name, target)
