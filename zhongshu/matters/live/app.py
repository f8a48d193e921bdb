"""The ASGI app of live news: one event stream per browser, with numbers only and never a word of a document."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from asgiref.sync import sync_to_async
from django.db import connection

from zhongshu.matters.live.hub import Hub, Listener
from zhongshu.matters.live.tickets import Holder, holder_of
from zhongshu.matters.stirs import Pulse, pulse_of

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BREATH = 20.0
LIFE = 300.0
MOST = 5000

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve the stream, a health page, and nothing else."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            hub.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"].rstrip("/").endswith("health"):
        await _short(send, 200, f"listeners {len(hub)}")
        return
    query = parse_qs(scope["query_string"].decode("latin-1"))
    holder = holder_of(query.get("t", [""])[0])
    if scope["method"] != "GET" or holder is None:
        await _short(send, 403, "", cors(scope))
    elif len(hub) >= MOST:
        await _short(send, 503, "", cors(scope))
    else:
        await _stream(holder, scope, receive, send)


async def _short(
    send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": plain + (headers or [])})
    await send({"type": "http.response.body", "body": text.encode()})


def cors(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Let in pages of the same host on another port; no cookies are asked for."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname
    if origin and host and urlsplit(origin).hostname == host:
        return [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
    return [(b"vary", b"Origin")]


async def _stream(holder: Holder, scope: Scope, receive: Receive, send: Send) -> None:
    listener = hub.join(holder)
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _stream_headers(scope)})
        listener.told = await _pulse(holder)
        listener.tell(listener.told)
        await _talk(listener, gone, send)
    finally:
        hub.leave(listener)
        gone.cancel()


def _stream_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *cors(scope),
    ]


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _talk(listener: Listener, gone: "asyncio.Future[None]", send: Send) -> None:
    """Send each pulse; breathe in between so that proxies keep the line; end after a while."""
    until, last = time.monotonic() + LIFE, None
    while time.monotonic() < until and not gone.done():
        told = asyncio.ensure_future(listener.news.get())
        waited: set[asyncio.Future[Any]] = {told, gone}
        await asyncio.wait(waited, timeout=BREATH, return_when=asyncio.FIRST_COMPLETED)
        if gone.done():
            told.cancel()
            return
        if not told.done():
            told.cancel()
            await _write(send, ":\n\n")
            continue
        if (pulse := told.result()) is None:
            break
        if pulse != last:
            await _write(send, event(pulse))
        last = pulse
    await _write(send, "event: renew\ndata: {}\n\n", last=True)


def event(pulse: Pulse) -> str:
    """Write a pulse as an event."""
    return f"event: pulse\ndata: {json.dumps({'unread': pulse.unread, 'desk': pulse.desk})}\n\n"


async def _write(send: Send, text: str, *, last: bool = False) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": not last})


@sync_to_async
def _pulse(holder: Holder) -> Pulse:
    try:
        return pulse_of(holder.person_id, holder.principals)
    finally:
        connection.close()
