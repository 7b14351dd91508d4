"""The central API as the console calls it: over requests, with a limit of time on every call.

Raises Unreachable (with a reason as a text key), Faulty, Gone, SignedOut or Refused; whatever comes
back is read by `console.gateways.answers`. Reads go out in the name of the person at the seat, acts
in the name of whoever took them.
"""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import requests
from requests import exceptions

from console.base.clock import Clock
from console.base.errors import Gone, SignedOut, Unreachable
from console.domain.reading import Reading
from console.domain.record import Act
from console.gateways import answers
from console.gateways.answers import EVENTS, JSON, LINES, PAGE_BYTES, SMALL_BYTES
from console.gateways.sockets import Lines
from console.wire import (
    HEAD_EPOCH,
    HEAD_TIME,
    PAGE,
    PROTOCOL,
    Acts,
    Digest,
    Entry,
    Hello,
    History,
    ModelFile,
    Page,
    Points,
    Put,
    Readings,
    Renew,
    Session,
    SignIn,
    Snapshot,
    SnapshotEnd,
    Taken,
    Verdicts,
    pack,
)

CONNECT_S = 1.9
"""One lost packet is made good in this time; closing waits no longer either."""
READ_S = 10.0
WHOLE_S = 60.0
"""The longest that an answer may take to come whole."""
FIRST_S = 5.0
"""A stream speaks at once; one that does not is held back by something on the way."""
SILENCE_S = 25.0
"""A stream that says nothing for so long is dead; the centre speaks every ten seconds."""


_UNTRUSTED = ("CERTIFICATE_VERIFY_FAILED", "doesn't match", "Hostname mismatch")
"""What is said of a certificate of the centre's that is not to be trusted."""


class People(Protocol):
    """Whose credentials a call carries (console.sync.sessions)."""

    def me(self) -> str: ...
    def knows(self, user: str) -> bool: ...
    def token(self, user: str, renew: Callable[[str], Session]) -> str: ...
    def spoiled(self, user: str, token: str) -> None: ...
    def began(self, session: Session) -> None: ...
    def ended(self, user: str) -> None: ...


Heard = Callable[[float, float, int], None]


def _unheard(sent: float, received: float, server_ms: int) -> None:
    del sent, received, server_ms


class CentralApi:
    """One centre, by its address."""

    def __init__(
        self, base: str, people: People, clock: Clock, *, device: str = "", ca: Path | None = None,
        identity: tuple[str, str] | None = None, heard: Heard = _unheard,
    ) -> None:  # fmt: skip
        """Take the centre's address; ``identity``: files of this machine's certificate and key."""
        self._base = base.rstrip("/")
        self._people = people
        self._clock = clock
        self._device = device
        self._verify: str | bool = str(ca) if ca else True
        self._identity = identity
        self._heard = heard
        self._lines, self._streams = Lines(), Lines()
        self._sessions: dict[tuple[str, bool], requests.Session] = {}

    # ---- who

    def sign_in(self, user: str, password: str, seat: str = "") -> Session:
        """Sign a person in; Refused says why not."""
        asked = SignIn(user=user, password=password, seat=seat, device=self._device)
        session = self._signed(self._send("", "POST", "/auth/v1/sign-in", data=pack(asked)))
        self._people.began(session)
        return session

    def renew(self, refresh: str) -> Session:
        """Give a refresh token, which is good once, for new tokens."""
        asked = Renew(refresh=refresh, device=self._device)
        return self._signed(self._send("", "POST", "/auth/v1/renew", data=pack(asked)))

    def sign_out(self, user: str) -> None:
        """End a person's session here, and at the centre if it can be reached."""
        with contextlib.suppress(Unreachable, SignedOut):
            self._ask(user, "POST", "/auth/v1/sign-out").close()
        self._people.ended(user)

    def knows(self, user: str) -> bool:
        """Tell whether acts can be sent in the name of a person."""
        return self._people.knows(user)

    # ---- what

    def hello(self) -> Hello:
        """Ask the centre who it is; needs no sign-in."""
        with self._send("", "GET", "/sync/v1/hello") as answer:
            return answers.shaped(self._whole(answer, SMALL_BYTES), Hello)

    def knock(self) -> None:
        """Ask whether the centre is there, without a name."""
        self._send("", "GET", "/healthz").close()

    def changes(self, cursor: str, wait_s: float = 0.0, limit: int = PAGE) -> Page:
        """Read one page of the feed; wait so long for one that is not empty."""
        rest: dict[str, Any] = {"params": {"c": cursor, "limit": limit}}
        if wait_s:
            rest |= {"headers": {"Prefer": f"wait={wait_s:g}"}, "read_s": wait_s + READ_S}
        with self._ask(self._people.me(), "GET", "/sync/v1/changes", **rest) as answer:
            return answers.page_of(self._whole(answer, PAGE_BYTES))

    def stream(self, cursor: str) -> Iterator[Page]:
        """Follow the feed: pages as they come, an empty one now and then as a sign of life."""
        rest: dict[str, Any] = {"params": {"c": cursor}, "kind": EVENTS, "read_s": FIRST_S}
        rest["headers"] = {"Accept-Encoding": "identity"}
        with self._ask(self._people.me(), "GET", "/sync/v1/stream", **rest) as answer:
            for name, data in answers.events(_parts(answer)):
                if name == "bye":
                    return
                self._streams.patience(SILENCE_S)
                yield answers.page_of(data)

    def snapshot(self) -> tuple[Snapshot, Iterator[Put]]:
        """Begin to read everything that this person may see."""
        answer = self._ask(self._people.me(), "GET", "/sync/v1/snapshot", kind=LINES)
        try:
            found = _guarded(answers.lines(answer))
            head = answers.shaped(next(found, b""), Snapshot)
        except Unreachable:
            answer.close()
            raise
        return head, _puts(found, answer)

    def acts(self, acts: Sequence[Act], epoch: str) -> Verdicts:
        """Send acts of one person; give the verdict on each."""
        with self._ask(
            acts[0].by, "POST", "/sync/v1/acts", data=pack(Acts(acts=list(acts))),
            headers={HEAD_EPOCH: epoch},
        ) as answer:  # fmt: skip
            return answers.verdicts_of(self._whole(answer, PAGE_BYTES), [a.id for a in acts])

    def readings(self, since: int, basis: str, limit: int) -> Readings:
        """Read one page of the last values that have changed."""
        asked = {"since": since, "basis": basis, "limit": limit}
        return self._read("/sync/v1/readings", Readings, asked)

    def points(self, of: str, source: str, since: int) -> list[tuple[int, float]]:
        """Read what one source measured since an instant."""
        asked = {"of": of, "source": source, "since": since}
        return self._read("/sync/v1/series", Points, asked).points

    def give(self, readings: Sequence[Reading]) -> Taken:
        """Hand in values that a person gave at this seat, in the name of who sits there."""
        with self._ask(
            self._people.me(), "POST", "/intake/v1/readings", data=pack(list(readings))
        ) as answer:
            return answers.shaped(self._whole(answer, SMALL_BYTES), Taken)

    def ask(self, path: str, shape: type[answers.T], params: Any = None) -> answers.T:
        """Read from a door that has no method of its own here."""
        return self._read(path, shape, params)

    def tell(
        self, path: str, message: Any, shape: type[answers.T], params: Any = None
    ) -> answers.T:
        """Hand a message in at a door that has none, in the name of who sits here."""
        me, data = self._people.me(), pack(message)
        with self._ask(me, "POST", path, data=data, params=params) as answer:
            return answers.shaped(self._whole(answer, SMALL_BYTES), shape)

    def history(self, kind: str, id: str) -> list[Entry]:
        return self._read("/sync/v1/history", History, {"kind": kind, "id": id}).entries

    def digest(self) -> Digest:
        return self._read("/sync/v1/digest", Digest)

    def model(self, have: str, start: int = 0, of: str = "") -> ModelFile:
        """Ask for the model in service; ``have``: the sha256 of what is here.

        ``start``: how many bytes have come of the model with the sha256 ``of``.
        """
        return self._read("/sync/v1/model", ModelFile, {"have": have, "start": start, "of": of})

    # ---- the line

    def hang_up(self) -> None:
        """Break off every call that waits, from any thread."""
        self._lines.hang_up()
        self._streams.hang_up()

    def close(self) -> None:
        self.hang_up()
        for session in list(self._sessions.values()):
            session.close()

    def _read(self, path: str, shape: type[answers.T], params: Any = None) -> answers.T:
        with self._ask(self._people.me(), "GET", path, params=params) as answer:
            return answers.shaped(self._whole(answer, PAGE_BYTES), shape)

    def _signed(self, answer: requests.Response) -> Session:
        with answer:
            return answers.shaped(self._whole(answer, SMALL_BYTES), Session)

    def _ask(self, user: str, method: str, path: str, **rest: Any) -> requests.Response:
        """Call in somebody's name; a token that the centre no longer takes is renewed once."""
        token = self._people.token(user, self.renew)
        try:
            return self._send(user, method, path, token=token, **rest)
        except SignedOut:
            self._people.spoiled(user, token)
        except Gone:
            # The new token tells what this person may see now.
            self._people.spoiled(user, token)
            raise
        token = self._people.token(user, self.renew)
        return self._send(user, method, path, token=token, **rest)

    def _send(
        self, user: str, method: str, path: str, *, token: str = "", kind: str = JSON,
        read_s: float = READ_S, headers: dict[str, str] | None = None, **rest: Any,
    ) -> requests.Response:  # fmt: skip
        sent = self._clock.monotonic()
        with _translated():
            answer = self._session(user, kind == EVENTS).request(
                method, self._base + path, stream=True, allow_redirects=False,
                timeout=(CONNECT_S, read_s), verify=self._verify, cert=self._identity,
                headers=self._headers(token, "data" in rest) | (headers or {}), **rest,
            )  # fmt: skip
        try:
            received = self._clock.monotonic()
            answers.check(answer, kind, self._clock.monotonic)
            if read_s == READ_S:  # nothing was held back on purpose
                self._hear(sent, received, answer)
        except BaseException:
            answer.close()
            raise
        return answer

    def _headers(self, token: str, has_body: bool) -> dict[str, str]:
        said = {"X-CDS": PROTOCOL, "X-Device": self._device}
        if token:
            said["Authorization"] = f"Bearer {token}"
        return said | ({"Content-Type": JSON} if has_body else {})

    def _hear(self, sent: float, received: float, answer: requests.Response) -> None:
        said = answer.headers.get(HEAD_TIME, "")
        if said.isascii() and said.isdigit():
            self._heard(sent, received, int(said))

    def _session(self, user: str, streams: bool) -> requests.Session:
        found = self._sessions.get((user, streams))
        if found is None:
            found = self._sessions[user, streams] = requests.Session()
            found.trust_env = False
            adapter = (self._streams if streams else self._lines).adapter()
            found.mount("http://", adapter)
            found.mount("https://", adapter)
        return found

    def _whole(self, answer: requests.Response, cap: int) -> bytes:
        with _translated():
            return answers.body(answer, cap, self._clock.monotonic, WHOLE_S)


@contextlib.contextmanager
def _translated() -> Generator[None]:
    """Turn every way in which a line fails into Unreachable."""
    try:
        yield
    except exceptions.SSLError as error:
        ours = not any(said in str(error) for said in _UNTRUSTED)
        raise Unreachable("sync.why.identity" if ours else "sync.why.tls") from error
    except exceptions.Timeout as error:
        raise Unreachable("sync.why.silent") from error
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError) as error:
        raise Unreachable(answers.BROKEN) from error
    except exceptions.ConnectionError as error:
        silent = "timed out" in str(error)
        raise Unreachable("sync.why.silent" if silent else "sync.why.unreached") from error
    except (exceptions.RequestException, OSError) as error:
        raise Unreachable(answers.STRANGE) from error


def _guarded(parts: Iterator[bytes]) -> Iterator[bytes]:
    with _translated():
        yield from parts


def _parts(answer: requests.Response) -> Iterator[bytes]:
    """Give what a stream says as soon as it says it."""
    return _guarded(answer.iter_content(None))


def _puts(found: Iterator[bytes], answer: requests.Response) -> Iterator[Put]:
    """Give the records of a snapshot; one without its last line, or short of records, is broken."""
    count = 0
    with answer:
        for line in found:
            if line.startswith(b'{"end"'):
                if answers.shaped(line, SnapshotEnd).end != count:
                    raise Unreachable(answers.BROKEN)
                return
            yield answers.shaped(line, Put)
            count += 1
    raise Unreachable(answers.BROKEN)
