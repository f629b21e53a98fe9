"""What guards the desk: who may ask (Host, Origin, method), and what a page may do (the headers of every answer)."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_SECURITY_POLICY", "HEADERS", "LOOPBACK", "Guard"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which a loopback address is asked for."""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every answer carries."""


class Guard:
    """Lets through what a page of this desk would ask, and puts the headers on every answer, refusals included.

    A wrong Host is refused because a hostile site can point its own name at 127.0.0.1; the port is not compared, so
    that a forwarded port works. The desk only answers: every method but GET and HEAD is refused, and one that comes
    from another origin is told so first.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = LOOPBACK) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; connections that are no HTTP (the server's start and stop) pass through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(scope["method"], Headers(scope=scope)) or self.app
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if _name_of(f"//{host}") not in self.hosts:
            return PlainTextResponse("This desk answers only under localhost or 127.0.0.1.\n", 421)
        if method in ("GET", "HEAD"):
            return None
        if "origin" in headers and headers["origin"] not in (f"http://{host}", f"https://{host}"):
            return PlainTextResponse("This request comes from another site.\n", 403)
        return PlainTextResponse("The desk only shows; it changes nothing.\n", 405, {"Allow": "GET, HEAD"})


def _name_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
