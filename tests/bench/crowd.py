"""Many seats at work, light enough for one process: each follows the feed and takes steps."""

import asyncio
import json
import random
import sys

import requests

from console.base.ids import new_id
from console.domain.record import Act, Step
from console.wire import Acts, pack
from tests.whole.processes import PASSWORD

USER = "both"


def signed_in(base: str, device: str) -> dict[str, str]:
    """Sign in at a device; give what its requests say."""
    asked = {"user": USER, "password": PASSWORD, "device": device}
    heads = {"X-Device": device}
    session = requests.post(f"{base}/auth/v1/sign-in", headers=heads, json=asked, timeout=20).json()
    return heads | {"Authorization": f"Bearer {session['access_token']}"}


async def desk(n: int, port: int, heads: dict[str, str], cursor: str) -> None:
    """Follow the feed and take a step every one to three seconds."""
    said = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "x", **heads}.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /sync/v1/stream?c={cursor} HTTP/1.1\r\n{said}\r\n".encode())
    following = asyncio.create_task(_read_on(reader))
    chance, incident = random.Random(n), new_id()
    verb, args = "create", {"title": "t", "scope": "320102", "type": "EC01"}
    while not following.done():
        await asyncio.sleep(chance.uniform(1, 3))
        step = Step(kind="incident", record=incident, verb=verb, args=args)
        body = pack(Acts(acts=[Act(id=new_id(), steps=(step,), by=USER)]))
        answer, question = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /sync/v1/acts HTTP/1.1\r\n{said}Connection: close\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        question.write(head.encode() + body)
        assert b'"applied"' in await answer.read()
        question.close()
        verb, args = "note", {"note": "n"}


async def _read_on(reader: asyncio.StreamReader) -> None:
    while await reader.read(65_536):
        continue


async def crowd(port: int, others: int) -> None:
    base = f"http://127.0.0.1:{port}"
    heads = [signed_in(base, f"crowd-{n}") for n in range(others)]
    epoch = requests.get(f"{base}/sync/v1/hello", timeout=20).json()["epoch"]
    snapshot = requests.get(f"{base}/sync/v1/snapshot", headers=heads[0], timeout=20)
    cursor = json.loads(snapshot.text.splitlines()[0])["next"]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    desks = (desk(n, port, each | {"X-Epoch": epoch}, cursor) for n, each in enumerate(heads))
    await asyncio.gather(*desks)


if __name__ == "__main__":
    asyncio.run(crowd(int(sys.argv[1]), int(sys.argv[2])))
