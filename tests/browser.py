"""Finds the Chromium that browser tests drive; `python -m tests.browser` fetches one where none is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without these Chromium asks its maker's hosts for things at every start, and a closed network makes it wait.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find() -> str | None:
    """The path of a Chromium or Chrome: BYFOLK_CHROMIUM, one on the PATH, or the one that Playwright fetched."""
    if chosen := os.environ.get("BYFOLK_CHROMIUM"):
        return chosen
    for name in NAMES:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def main() -> None:
    """Make sure that there is a browser, or say what to do."""
    if find():
        return
    print("  No Chromium on this machine: fetching one", file=sys.stderr)
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not find():
        sys.exit("Install Chromium (on Debian: apt-get install chromium), or set BYFOLK_CHROMIUM to where it is.")


if __name__ == "__main__":
    main()
