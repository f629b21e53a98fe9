"""Takes the pictures of the desk that the documentation shows, over the example reports: python tools/screenshots.py.

They are written to docs/images/. Needs Chromium (tools/ensure_chromium.sh finds or installs one) and Playwright. The
towns of the examples are invented; for the map kornavel.csv lays them on an island where nobody lives.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from twosource.store import open_project
from twosource.views.events import find_events
from twosource.web.app import make_app
from twosource.web.server import bind

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
REPORTS = ROOT / "src" / "twosource" / "examples" / "reports"
COMMAND = Path(sys.executable).with_name("twosource")
PLACES = Path(__file__).with_name("kornavel.csv")
LAPTOP, PHONE = (1366, 860), (390, 844)
READING = "/reports/nevrin-wire"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)

# name of the picture: path ('{event}' is the id of the event that most reports tell of), window, colour scheme, and how
# many claims to step forward
PICTURES = {
    "reports": ("/reports", LAPTOP, "light", 0),
    "reading": (READING, LAPTOP, "light", 3),
    "reading-dark": (READING, LAPTOP, "dark", 3),
    "reading-phone": (READING, PHONE, "light", 3),
    "reports-phone-dark": ("/reports", PHONE, "dark", 0),
    "claims": ("/claims", LAPTOP, "light", 0),
    "events": ("/events", LAPTOP, "light", 0),
    "event": ("/events/{event}", LAPTOP, "light", 0),
    "map": ("/events/map", LAPTOP, "light", 0),
    "map-phone-dark": ("/events/map", PHONE, "dark", 0),
    "timeline": ("/events/timeline", LAPTOP, "light", 0),
    "figures": ("/figures", LAPTOP, "light", 0),
    "review": ("/review", LAPTOP, "light", 0),
}
TOP = {"map": ".events-bar", "map-phone-dark": ".events-bar", "timeline": ".events-bar"}
"""What stands at the top of a picture where that is not the top of the page."""
DRAWN = 60_000  # milliseconds, for a map without a graphics card


def main() -> None:
    """Write every picture."""
    chromium = subprocess.run(
        ["sh", ROOT / "tools" / "ensure_chromium.sh"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo, island = Path(folder) / "demo.db", Path(folder) / "island.db"
        read(demo)
        os.environ["TWOSOURCE_DATA"] = folder
        subprocess.run([COMMAND, "places", "add", PLACES], check=True)
        read(island)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for project, of_maps in ((demo, False), (island, True)):
            with open_project(project) as opened:
                event = max(find_events(opened), key=lambda one: len(one.reports)).id
            with served(project) as address:
                for name in PICTURES:
                    if ("map" in name) == of_maps:
                        take(browser, address, name, event)
        browser.close()


def read(project: Path) -> None:
    """Leave the examples' project there, with the places that are added now."""
    subprocess.run([COMMAND, "read", REPORTS, "--into", project], check=True)


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The address of a desk over the project while the block runs."""
    with open_project(project) as opened, bind("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(opened), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def take(browser: Browser, address: str, name: str, event: str) -> None:
    """One picture."""
    path, (width, height), scheme, steps = PICTURES[name]
    path = path.format(event=event)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=1.5,
    )
    page = context.new_page()
    answer = page.goto(address + path, wait_until="load")
    assert answer is not None and answer.ok, f"{path} answered {answer and answer.status}"
    for _ in range(steps):
        page.keyboard.press("j")
    if "/map" in path:
        page.wait_for_selector("figure.map[data-marks]", timeout=DRAWN)
    if name in TOP:
        page.evaluate(
            "top => scrollTo(0, document.querySelector(top).getBoundingClientRect().top + scrollY - 70)", TOP[name]
        )
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
