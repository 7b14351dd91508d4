"""Reads what somebody sends: no more than is agreed, no slower than is decent, never packed."""

import asyncio

from starlette.requests import Request

from console.central.faults import Fault

WITHIN_S = 10.0


async def read(request: Request, most: int, within_s: float = WITHIN_S) -> bytes:
    """Give the body of a request; a Fault when it is packed, too large or too slow."""
    if request.headers.get("content-encoding", "identity") != "identity":
        # A few kilobytes can unpack to hundreds of megabytes.
        raise Fault(415, "packed")
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said) > most:
        raise Fault(413, "large")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(within_s):
            async for part in request.stream():
                parts.append(part)
                size += len(part)
                if size > most:
                    raise Fault(413, "large")
    except TimeoutError:
        raise Fault(408, "slow") from None
    return b"".join(parts)
