"""Find a Chromium for the browser tests and print its path.

python tools/find_chromium.py              the variable CHROMIUM, then PATH, then Playwright's own
python tools/find_chromium.py --install    if there is none and this is Debian with root rights, install it
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is the same Chromium without windows: it opens a page in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = """No Chromium for the browser tests was found. Install one, then run the command again:
  any system     .venv/bin/playwright install chromium
  Debian, Ubuntu sudo apt-get install chromium
  macOS          brew install --cask chromium
  Windows        inside WSL, as on Debian
or name the program in the variable CHROMIUM."""


class ChromiumError(Exception):
    """There is no usable Chromium; the message says what to do."""


def find() -> str | None:
    """Return the path of a Chromium, or None; raise ChromiumError if CHROMIUM names no program."""
    if named := os.environ.get("CHROMIUM"):
        if program := shutil.which(named):
            return program
        raise ChromiumError(f"the variable CHROMIUM is {named!r}; expected the path of a program")
    for name in NAMES:
        if program := shutil.which(name):
            return program
    return playwright_own()


def playwright_own() -> str | None:
    """Return the Chromium that 'playwright install chromium' fetched, or None."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (slow; needed only without a system browser)

    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    return program if Path(program).exists() else None


def install() -> None:
    """Install Debian's package where that needs no password; otherwise do nothing."""
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (rights and not allowed(rights)):
        return
    print("Installing Chromium for the browser tests (apt-get)", file=sys.stderr)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A failure here is reported by main(), which looks again for the program.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
    for package in NAMES[:2]:
        command = [*apt, "install", "-y", "--no-install-recommends", package]
        if not subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            return


def allowed(rights: list[str]) -> bool:
    """Does sudo exist and ask for no password?"""
    return (
        bool(shutil.which("sudo"))
        and not subprocess.run([*rights, "true"], capture_output=True, check=False).returncode
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", action="store_true")
    options = parser.parse_args(arguments)
    try:
        program = find()
        if program is None and options.install:
            install()
            program = find()
        if program is None:
            raise ChromiumError(INSTALL)
    except ChromiumError as error:
        print(error, file=sys.stderr)
        return 1
    print(program)
    return 0


if __name__ == "__main__":
    sys.exit(main())
