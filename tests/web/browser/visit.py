"""A page under watch, for the browser tests."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, Request

PATIENCE = 60_000
"""Milliseconds that a test waits for what a page shall show: a limit for what never comes, however slow the machine."""

OF_THE_MACHINE = "GPU stall due to ReadPixels"  # what drawing without a graphics card says of itself


class Visit:
    """A page that is watched: what it asked for and what it complained of."""

    def __init__(self, context: BrowserContext, desk: str) -> None:
        self.desk = desk
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._request)

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and OF_THE_MACHINE not in text:
            self.complaints.append(text)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def open(self, path: str) -> Page:
        self.page.goto(self.desk + path, wait_until="load")
        return self.page

    def check(self) -> None:
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith(self.desk + "/")] == []
