"""Finds places by words: standard addresses, roads, landmarks, divisions, grids, component codes.

Names are met as they are written, as they sound (pinyin, also as an accent blurs it), as they look,
or by pinyin and its initials. Answers are ranked with a confidence; whether the first is certain is
said apart. All in memory; nothing is asked of a network. Safe to ask from any thread once filled.

    gazetteer = Gazetteer(entries)
    found = gazetteer.find(words, scope="320102", near=(118.79, 32.05))
    if found.sure: found.hits[0].entry, .lon, .lat     # CGCS2000 degrees
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from math import cos, exp, hypot, log, radians

from msgspec import Struct

from console.advise import sounds
from console.advise.align import Aligned, aligned
from console.advise.placewords import FILE, PlaceWords, read_place
from console.base import resources
from console.base.shape import shaped

M_DEG = 111_195.0
LOOKED_AT = 20
"""So many names are compared letter by letter."""
SAID = 48
"""So many characters are compared, of what may be a name."""
COMMON = 1_500
"""What stands in more names tells none of them apart."""
HAND, ADOPTED = "hand", "adopted"
"""The kinds of a place that a person chose for words: by now, and as the data owners took it."""
_CHOSEN = {HAND: (0.15, "by_hand"), ADOPTED: (0.2, "by_owner")}
"""How much more a place weighs that was chosen by hand, and the reason to be said."""
DIVISIONS = frozenset(("city", "district", "street"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that is known. Degrees, CGCS2000; (0, 0) when it is known by name alone.

    ``kind``: door, road, estate, landmark, district, street, community, grid, component, hand,
    adopted, or what its source calls it. ``scope``: of the district or street it lies in.
    ``source``: of whom. ``means``: the place that words mean, where ``name`` is what was said.
    """

    id: str
    kind: str
    name: str
    lon: float = 0.0
    lat: float = 0.0
    scope: str = ""
    source: str = ""
    means: str = ""

    @property
    def called(self) -> str:
        """Give the name that people are to read."""
        return self.means or self.name


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: a text key's last part, with its value."""

    key: str
    value: object = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that may be meant. ``confidence``: 0 to 1; ``spread_m``: how far it may be off.

    ``start`` and ``end``: which characters of the folded words named it.
    """

    entry: Entry
    lon: float
    lat: float
    confidence: float
    spread_m: float
    reasons: tuple[Why, ...]
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What words may mean, the likeliest first. ``sure``: the first can be taken without asking."""

    words: PlaceWords
    hits: tuple[Hit, ...] = ()
    sure: bool = False


class Search(Struct, frozen=True, forbid_unknown_fields=True):
    """From which likeness on places are listed, and what is certain."""

    least: float
    sure: float
    sharp: float
    nothing: float
    apart_m: float


@dataclass(slots=True)
class _Name:
    """Every entry of one name and kind."""

    name: str
    kind: str
    entries: list[Entry] = field(default_factory=list[Entry])


@dataclass(frozen=True, slots=True)
class _Match:
    name: _Name
    like: float
    how: Aligned
    extra: tuple[Why, ...] = ()


@lru_cache(maxsize=1)
def read_search() -> Search:
    """Read how places are ranked."""
    return shaped(resources.table(FILE)["search"], Search, FILE)


class Gazetteer:
    """An index of places by name. ``put`` is for whoever fills it, before or between questions."""

    def __init__(self, entries: Iterable[Entry] = (), search: Search | None = None) -> None:
        self._search = search or read_search()
        self._names: list[_Name] = []
        self._by_name: dict[tuple[str, str], int] = {}
        self._exact: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._latin: dict[str, list[int]] = {}
        self._doors: dict[str, dict[int, Entry]] = {}
        self._codes: dict[str, Entry] = {}
        for each in entries:
            self.put(each)

    def __len__(self) -> int:
        return len(self._names)

    def put(self, entry: Entry) -> None:
        """Take a place in."""
        words = read_place(entry.name)
        if entry.kind in ("component", "grid"):
            self._codes[entry.id] = entry
        if entry.kind == "door" and words.number.isdigit():
            self._doors.setdefault(words.road, {})[int(words.number)] = entry
        key = (words.text, entry.kind)
        at = self._by_name.get(key)
        if at is not None:
            self._names[at].entries.append(entry)
            return
        at = self._by_name[key] = len(self._names)
        self._names.append(_Name(words.text, entry.kind, [entry]))
        self._exact.setdefault(words.text, []).append(at)
        for each in set(_keys(words.text)):
            self._keys.setdefault(each, []).append(at)
        for each in _latin(words.text):
            self._latin.setdefault(each, []).append(at)

    def drop(self, entry: Entry) -> None:
        """Forget a place: every entry of its id, name and kind."""
        at = self._by_name.get((read_place(entry.name).text, entry.kind))
        if at is not None:
            held = self._names[at].entries
            held[:] = [each for each in held if each.id != entry.id]

    def find(
        self, said: str, *, scope: str = "", near: tuple[float, float] | None = None, most: int = 6
    ) -> Found:
        """Find what words may mean; ``scope`` and ``near``: where it is likelier."""
        words = read_place(said)
        if not words.text:
            return Found(words)
        if (coded := self._codes.get(words.code)) is not None:
            hit = Hit(coded, coded.lon, coded.lat, 0.99, 0.0, (Why("code", words.code),))
            return Found(words, (hit,), sure=bool(coded.lon))
        matches = self._matches(words)
        hits = self._ranked(words, matches, self._scope_said(words) or scope, near)[:most]
        return Found(words, tuple(hits), bool(hits) and self._is_sure(words, hits[0]))

    # ---- private

    def _scope_said(self, words: PlaceWords) -> str:
        """Give the scope of the street or district that the words begin with."""
        for said in filter(None, (words.street, words.district)):
            for at in self._exact.get(said, ()):
                if self._names[at].kind in DIVISIONS:
                    return self._names[at].entries[0].scope
        return ""

    def _matches(self, words: PlaceWords) -> list[_Match]:
        if words.text.isascii():
            return self._spelt(words.text)
        text = words.text[:SAID]
        found = {
            at: _Match(self._names[at], 1.0, Aligned(start, start + size, ()))
            for start, size, at in self._written(text)
        }
        for at in self._likely(text):
            if at not in found:
                how = aligned(self._names[at].name, text)
                like = 1 - how.cost / max(len(self._names[at].name), 1)
                if like >= self._search.least:
                    found[at] = _Match(self._names[at], like, how)
        return _outermost(match for match in found.values() if match.name.entries)

    def _written(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Give every name that stands in the text as it is: place, length, name."""
        for start in range(len(text)):
            for size in range(2, min(len(text) - start, 24) + 1):
                for at in self._exact.get(text[start : start + size], ()):
                    yield start, size, at

    def _likely(self, text: str) -> list[int]:
        """Give the names that share most with the text, by sound, look or letters."""
        shared: Counter[int] = Counter()
        for key in set(_keys(text)):
            held = self._keys.get(key, ())
            if len(held) <= COMMON:
                for at in held:
                    shared[at] += 1
        weighed = ((n / (3 * len(self._names[at].name)), at) for at, n in shared.items())
        return [at for _, at in sorted(weighed, reverse=True)[:LOOKED_AT]]

    def _spelt(self, text: str) -> list[_Match]:
        """Give the names whose pinyin, or its initials, begins so."""
        typed = "".join(text.split())
        whole = Aligned(0, len(text), ("pinyin",))
        found = [_Match(self._names[at], 1.0, whole) for at in self._latin.get(typed, ())]
        if not found and len(typed) >= 3:
            for spelling, held in self._latin.items():
                if spelling.startswith(typed):
                    like = 0.8 + 0.2 * len(typed) / len(spelling)
                    how = Aligned(0, len(text), ("pinyin",))
                    found += [_Match(self._names[at], like, how) for at in held]
        return sorted(found, key=lambda m: -m.like)[:LOOKED_AT]

    def _ranked(
        self, words: PlaceWords, matches: list[_Match], scope: str,
        near: tuple[float, float] | None,
    ) -> list[Hit]:  # fmt: skip
        roads = [m for m in matches if m.name.kind == "road"]
        hits: list[tuple[float, Hit]] = []
        if len(roads) > 1 and words.crossing:
            hits.append(self._crossing(roads, words))
        for match in matches:
            hits += self._of_match(match, words, scope, near)
        total = sum(exp(self._search.sharp * v) for v, _ in hits)
        total += exp(self._search.sharp * self._search.nothing)
        shares = [(exp(self._search.sharp * v) / total, h) for v, h in hits]
        ranked = sorted(shares, key=lambda s: (-s[0], s[1].entry.name, s[1].entry.id))
        return [_with(hit, share) for share, hit in ranked]

    def _of_match(
        self, match: _Match, words: PlaceWords, scope: str, near: tuple[float, float] | None
    ) -> Iterator[tuple[float, Hit]]:
        reasons = (*(Why(key) for key in match.how.notes or ("written",)), *match.extra)
        door = self._door(match, words)
        if door is not None:
            entry, off, why = door
            value = match.like + (0.14 if not off else 0.04)
            yield value, _hit(entry, entry.lon, entry.lat, off, (*reasons, why), match.how)
        # A long name says more than a short one, and a rare one than what many names hold.
        value = match.like + 0.025 * log(max(match.how.end - match.how.start, 1))
        value -= 0.03 * log(1 + self._often(match.name.name) / 20)
        value -= 0.12 if match.name.kind in DIVISIONS else 0.0
        entries = _within(match.name.entries, scope)
        reasons += (Why("scope"),) if len(entries) < len(match.name.entries) else ()
        lon, lat, spread = _middle(entries, near)
        if (chosen := _CHOSEN.get(match.name.kind)) is not None:
            value, reasons = value + chosen[0], (Why(chosen[1]),)
        if spread > self._search.apart_m:
            reasons += (Why("several", len(entries)),)
        yield value, _hit(entries[0], lon, lat, spread, reasons, match.how)

    def _often(self, name: str) -> int:
        return min((len(self._keys.get(key, ())) for key in _keys(name)), default=0)

    def _door(self, match: _Match, words: PlaceWords) -> tuple[Entry, float, Why] | None:
        """Give the house number on a road, or the nearest known: the place, metres off, why."""
        said = words.lane or words.number
        doors = self._doors.get(match.name.name, {})
        number = said.partition("-")[0]
        if match.name.kind != "road" or not number.isdigit() or not doors:
            return None
        best = min(doors, key=lambda n: (abs(n - int(number)), n))
        apart = abs(best - int(number))
        if not apart:
            return doors[best], 0.0, Why("number", number)
        return doors[best], apart * 8.0, Why("next_number", best)

    def _crossing(self, roads: list[_Match], words: PlaceWords) -> tuple[float, Hit]:
        """Give where two roads come nearest to each other."""
        one, other = roads[0], roads[1]
        pairs = [(_metres(a, b), a, b) for a in one.name.entries for b in other.name.entries]
        apart, a, b = min(pairs, key=lambda p: p[0])
        lon, lat = (a.lon + b.lon) / 2, (a.lat + b.lat) / 2
        name = f"{one.name.name}{read_join()}{other.name.name}"
        entry = Entry(f"{a.id}+{b.id}", "crossing", name, lon, lat, a.scope, a.source)
        value = min(one.like, other.like) + 0.12
        start, end = min(one.how.start, other.how.start), max(one.how.end, other.how.end)
        how = Aligned(start, end, ())
        return value, _hit(entry, lon, lat, apart, (Why("crossing", words.cross),), how)

    def _is_sure(self, words: PlaceWords, hit: Hit) -> bool:
        exact_enough = hit.spread_m <= self._search.apart_m and bool(hit.lon)
        vague = hit.entry.kind in DIVISIONS and hit.end < len(words.text)
        # What one person chose is offered to all, but is not certain before its owners took it.
        settled = hit.entry.kind != HAND
        return hit.confidence >= self._search.sure and exact_enough and settled and not vague


@lru_cache(maxsize=1)
def read_join() -> str:
    """Give the word between the two roads of a crossing."""
    return str(resources.table(FILE)["parts"]["joined"][0])


def _keys(text: str) -> Iterator[str]:
    """Give what a name is found by: pairs by sound, across one letter, and by look."""
    heard = [sounds.blurred(c) for c in text]
    seen = [sounds.looks(c) for c in text]
    for n in range(len(text) - 1):
        yield f"{heard[n]} {heard[n + 1]}"
        yield f"={seen[n]}{seen[n + 1]}"
        if n + 2 < len(text):
            yield f"{heard[n]}_{heard[n + 2]}"


def _latin(text: str) -> Iterator[str]:
    heard = [sounds.syllable(c) for c in text]
    if not text.isascii():
        yield "".join(heard)
        yield "".join(each[:1] for each in heard)


def _outermost(matches: Iterable[_Match]) -> list[_Match]:
    """Leave out what a longer name, no less alike, holds within it."""
    ranked = sorted(matches, key=lambda m: (-(m.how.end - m.how.start), -m.like, m.name.name))
    kept: list[_Match] = []
    for match in ranked:
        inside = any(
            k.how.start <= match.how.start and match.how.end <= k.how.end
            and k.how.end - k.how.start > match.how.end - match.how.start
            and k.like >= match.like - 0.05
            for k in kept
        )  # fmt: skip
        if not inside:
            kept.append(match)
    return sorted(kept, key=lambda m: -m.like)


def _within(entries: list[Entry], scope: str) -> list[Entry]:
    """Give those in the scope, where some are."""
    district = scope.partition(".")[0]
    inside = [e for e in entries if scope and e.scope.startswith(scope)]
    return inside or [e for e in entries if district and e.scope.startswith(district)] or entries


def _middle(
    entries: list[Entry], near: tuple[float, float] | None
) -> tuple[float, float, float]:  # fmt: skip
    """Give one place for entries of one name, and how far they lie from it."""
    placed = [e for e in entries if e.lon]
    if not placed:
        return 0.0, 0.0, 0.0
    if near is not None:
        here = Entry("", "", "", *near)
        best = min(placed, key=lambda e: _metres(e, here))
        return best.lon, best.lat, 0.0
    lon, lat = sum(e.lon for e in placed) / len(placed), sum(e.lat for e in placed) / len(placed)
    middle = Entry("", "", "", lon, lat)
    return lon, lat, max(_metres(e, middle) for e in placed)


def _metres(one: Entry, other: Entry) -> float:
    across = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(across, one.lat - other.lat) * M_DEG


def _hit(
    entry: Entry, lon: float, lat: float, spread: float, reasons: tuple[Why, ...], how: Aligned
) -> Hit:
    return Hit(entry, lon, lat, 0.0, spread, reasons, how.start, how.end)


def _with(hit: Hit, confidence: float) -> Hit:
    return Hit(
        hit.entry, hit.lon, hit.lat, confidence, hit.spread_m, hit.reasons, hit.start, hit.end
    )
