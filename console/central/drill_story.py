"""One incident of the demo city, from the first call to its end, as acts of those who took them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.central.drill_city import Told
from console.central.drill_stage import NEVER, Deed, Stage
from console.domain import deadline
from console.domain.access import SYSTEM, Access
from console.domain.record import Step
from console.scenes.scene import Limits

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
CALLED = frozenset(("hotline", "110", "119", "120", "web", "app", "citizen"))
"""Sources that a person at a desk takes down; the others come in by themselves."""
DETOURS = {
    "void": 0.02, "transfer": 0.015, "return": 0.05, "rework": 0.05, "suspend": 0.04,
    "ask_suspend": 0.02, "extend": 0.05, "ask_extend": 0.02, "withdraw": 0.02, "reopen": 0.01,
    "escalate": 0.01,
}  # fmt: skip
"""How often a story leaves the straight way, and by what."""
PACES = (
    (0.74, 0.25, 0.9),
    (0.13, 0.9, 1.15),
    (0.08, 1.15, 2.2),
    (0.05, 60.0, 90.0),
)
"""How fast departments are: how many of them need from so much to so much of their limit."""
SWIFT = 0.6
"""Where days are given, less of the limit is used."""


class _Enough(Exception):
    """The story goes no further: its time has not come, or it was to stop here."""


@dataclass(slots=True)
class Story:
    """What happens to one incident. ``stop``: the verb after which it is left as it is."""

    stage: Stage
    told: Told
    at: int
    stop: str = ""
    deeds: list[Deed] = field(default_factory=list[Deed])
    id: str = ""
    ended: int = NEVER
    verbs: list[str] = field(default_factory=list[str])
    _n: int = 0
    _reports: list[str] = field(default_factory=list[str])
    _task: str = ""
    _lead: str = ""
    _unit: str = ""
    _helping: list[str] = field(default_factory=list[str])
    _back: int = 0
    _badly: int = NEVER
    _due: int = NEVER

    def tell(self) -> "Story":
        """Make every act up to now."""
        detour = self.stop if self.stop in DETOURS else self._detour()
        try:
            self._open()
            if detour in ("void", "transfer"):
                self._leave(detour)
                return self
            self._accept()
            self._handled(detour)
            self._settle(detour)
        except _Enough:
            pass
        return self

    def twin(self, told: Told, at: int) -> "Story":
        """Tell of the same thing once more, by another; it is merged into this one."""
        other = Story(self.stage, told, at, "merge")
        try:
            other._open()
            other._wait(4, 25)
            person = other._desk("dispatch")
            merge = other._step("merge", parent=self.id, reason=self.stage.say("merge"))
            moved = Step(
                kind="report", record=other._reports[0], verb="attach",
                args={"incident": self.id},
            )  # fmt: skip
            other._do(person, merge, moved)
        except _Enough:
            pass
        return other

    # ---- the way

    def _open(self) -> None:
        told, at = self.told, self.at
        self.id = self.stage.dice.id(at)
        args = dict(told.incident, reported_at=at, occurred_at=at)
        args["limit"] = self.stage.limits["accept"][args["urgency"]]
        source = str(args["source"])
        person = self._desk("intake") if source in CALLED else self.stage.cast.named(SYSTEM)
        if source == "grid":
            person = self.stage.cast.centre(told.spot.district.code)
        self._do(person, self._step("create", **args), *self._reported(told.report))
        if self.stage.dice.chance(0.07):
            more = self.stage.town.again(self.stage.dice, told)
            self.at += self.stage.dice.whole(1, 6) * MINUTE
            self._do(self.stage.cast.of("intake"), *self._reported(more))

    def _accept(self) -> None:
        self._wait(1, 14)
        args: dict[str, Any] = {
            "limit": self.stage.limits["dispatch"][self.told.incident["urgency"]]
        }
        if note := self.stage.say("accept"):
            args["note"] = note
        self._do(self._desk("intake"), self._step("accept", **args))

    def _leave(self, how: str) -> None:
        self._wait(2, 20)
        args = {"reason": self.stage.say(how)}
        if how == "transfer":
            args["to"] = self.stage.say("transfer_to")
        self._do(self._desk("dispatch"), self._step(how, **args))

    def _handled(self, detour: str) -> None:
        """Go from accepted to what the department says it did."""
        kind = self.stage.town.place.types[self.told.case.type]
        spot = self.told.spot
        lead = self.stage.town.place.city.resolve(kind.lead, spot.district.code, spot.street.code)
        self._dispatch(lead, kind.limits)
        if detour == "return":
            self._return()
            self._dispatch(spot.district.centre, kind.limits)
        if detour == "withdraw":
            self._withdraw()
            self._dispatch(lead, kind.limits)
        self._sign(kind.limits)
        self._begin(kind.limits)
        self._aside(detour, kind.limits)
        self._wait_for_result()
        self._feedback()

    def _dispatch(self, lead: str, limits: Limits) -> None:
        self._wait(2, 24)
        kind = self.stage.town.place.types[self.told.case.type]
        spot = self.told.spot
        self._lead, self._task = lead, self.stage.dice.id(self.at)
        if self.at <= self.stage.until and self.stage.dice.chance(0.3):
            self._unit = self.stage.yard.take(lead, spot.district.code, self.at)
        times = {n: getattr(limits, n) for n in ("sign", "arrive", "handle") if getattr(limits, n)}
        order = self.stage.say("order")
        person = self._desk("dispatch")
        self._back = self._pace(limits.handle)
        self._do(
            person, self._step("dispatch", lead=lead, note=order, **times),
            self._issue(self._task, lead, "lead", order, self._unit, times),
        )  # fmt: skip
        helpers = (self.stage.town.place.city.resolve(d, spot.district.code, spot.street.code)
                   for d in kind.co)  # fmt: skip
        helper = next((d for d in helpers if d and d != lead), "")
        if helper and not self._helping and self.stage.dice.chance(0.22):
            self._help(person, helper, limits)

    def _help(self, person: Access, dept: str, limits: Limits) -> None:
        task = self.stage.dice.id(self.at)
        times = {"sign": limits.sign, "handle": limits.handle}
        self.at += self.stage.dice.whole(1, 4) * MINUTE
        self._do(
            person, self._step("assist", dept=dept),
            self._issue(task, dept, "assist", self.stage.say("order"), "", times),
        )  # fmt: skip
        self._helping.append(task)
        who = self.stage.cast.answering(dept, self.told.spot.district.code)
        late = min(self._back, self.stage.until) - self.at
        for verb, share in (("sign", 0.1), ("start", 0.3), ("feedback", 0.8)):
            at = self.at + int(late * share * self.stage.dice.between(0.6, 1.0))
            args = {"result": self.told.result} if verb == "feedback" else {}
            step = Step(kind="task", record=task, verb=verb, args=args)
            if late > 10 * MINUTE and self.stage.dice.chance(0.93):
                self.deeds.append(self.stage.deed(at, who, step))
            else:
                return

    def _sign(self, limits: Limits) -> None:
        late = self.stage.dice.chance(0.06)
        begun, part = self.at, self.stage.dice.between(1.05, 1.4) if late else None
        due = self.stage.later(limits.sign, begun, part or self.stage.dice.between(0.08, 0.85))
        if late:
            self.at = self.stage.later(limits.sign, begun, 1.01)
            self._urge()
        self.at = max(self.at + MINUTE, due)
        self._both(self._answering(), "sign")

    def _begin(self, limits: Limits) -> None:
        if limits.arrive and self.stage.dice.chance(0.75):
            self.at = self.stage.later(limits.arrive, self.at, self.stage.dice.between(0.2, 0.8))
            self._both(self._answering(), "arrive")
        self._wait(2, 18)
        self._both(self._answering(), "start")
        if self.stage.dice.chance(0.15):
            self._wait(5, 30)
            self._do(self._answering(), self._step("note", note=self.stage.say("note")))

    def _aside(self, detour: str, limits: Limits) -> None:
        way: dict[str, Callable[[], None]] = {
            "suspend": self._suspend,
            "ask_suspend": self._ask_suspend,
            "extend": lambda: self._extend(limits, grant=True),
            "ask_extend": lambda: self._extend(limits, grant=False),
            "escalate": self._escalate,
        }
        if detour in way:
            self._wait(10, 50)
            way[detour]()

    def _wait_for_result(self) -> None:
        until = self.stage.until
        if self._due < until < self._back and self.stage.dice.chance(0.5):
            self.at = max(self.at, min(self._badly, until - 20 * MINUTE))
            self._urge()
        if self._badly < self._back:
            self.at = max(self.at + MINUTE, self._badly)
            reason = self.stage.say("supervise")
            self._do(self.stage.cast.named(SYSTEM), self._step("supervise", reason=reason))
        self.at = max(self.at + 5 * MINUTE, self._back)

    def _feedback(self) -> None:
        self._both(self._answering(), "feedback", result=self.told.result)

    def _settle(self, detour: str) -> None:
        """Go from what the department says to the end."""
        self._verify()
        if detour == "rework":
            self._again("rework")
        self._close()
        if detour == "reopen":
            self._wait(60, 600)
            self._again("reopen")
            self._close()
        self.at += int(self.stage.dice.between(1.5, 4) * DAY)
        self._do(self.stage.cast.of("duty_lead"), self._step("archive"))

    def _verify(self) -> None:
        self._wait(15, 240)
        args = {"note": note} if (note := self.stage.say("verify")) else {}
        self._do(self._desk("callback"), self._step("verify", **args))
        if self.stage.dice.chance(0.6):
            self._wait(3, 40)
            satisfied = self.stage.dice.pick(("very", "yes", "yes", "yes", "fair", "unsaid"))
            said = {"note": note} if (note := self.stage.say("callback")) else {}
            call = {"contacted": "yes", "solved": "yes", "satisfied": satisfied}
            heard = Step(kind="report", record=self._reports[0], verb="callback", args=call)
            self._do(
                self._desk("callback"), self._step("callback", satisfied=satisfied, **said), heard
            )

    def _again(self, how: str) -> None:
        """Have the work done once more."""
        reason = self.stage.say("rework")
        role = "callback" if how == "rework" else "duty_lead"
        redo = Step(kind="task", record=self._task, verb="rework", args={"reason": reason})
        self._do(self.stage.cast.of(role), self._step(how, reason=reason), redo)
        self._wait(20, 120)
        self._do(self._answering(), self._step("start"))
        self._wait(40, 300)
        self._feedback()
        self._verify()

    def _close(self) -> None:
        self._wait(3, 60)
        done = [Step(kind="task", record=self._task, verb="finish")]
        for task in self._helping:
            did = [s.verb for act, _ in self.deeds for s in act.steps if s.record == task]
            if "finish" in did or "withdraw" in did:
                continue
            verb = "finish" if "feedback" in did else "withdraw"
            args = {} if verb == "finish" else {"reason": self.stage.say("callback") or "-"}
            done.append(Step(kind="task", record=task, verb=verb, args=args))
        self._do(self._desk("dispatch"), self._step("close"), *done)
        self.ended = self.at
        self.stage.yard.give_back(self._unit, self.at)

    # ---- off the way

    def _return(self) -> None:
        self._wait(6, 40)
        args = {"basis": self.stage.say("return_basis"), "reason": self.stage.say("return_reason")}
        self._both(self._answering(), "return", **args)
        self._free()

    def _withdraw(self) -> None:
        self._wait(3, 12)
        self._both(self._desk("dispatch"), "withdraw", reason=self.stage.say("return_reason"))
        self._free()

    def _free(self) -> None:
        self.stage.yard.give_back(self._unit, self.at)
        self._unit = ""

    def _suspend(self) -> None:
        days = self.stage.dice.between(0.6, 4)
        until = self.at + int(days * DAY)
        args = {"reason": self.stage.say("suspend_reason")}
        task = Step(kind="task", record=self._task, verb="suspend", args=args)
        step = self._step("suspend", resume_when=self.stage.say("resume_when"), until=until, **args)
        self._do(self.stage.cast.of("duty_lead"), step, task)
        left = max(self._back - self.at, HOUR)
        self.at = until - 30 * MINUTE
        self._both(self._answering(), "resume")
        self._back = self.at + left
        self._badly = NEVER

    def _ask_suspend(self) -> None:
        args = {"reason": self.stage.say("suspend_reason"), "until": self.at + 3 * DAY}
        step = self._step("ask_suspend", resume_when=self.stage.say("resume_when"), **args)
        self._do(self._answering(), step)
        self._wait(60, 900)
        lead = self.stage.cast.of("duty_lead")
        self._do(lead, self._step("deny_suspend", reason=self.stage.say("urge")))

    def _extend(self, limits: Limits, *, grant: bool) -> None:
        person, by = self._answering(), limits.handle
        self._do(person, self._step("ask_extend", by=by, reason=self.stage.say("extend")))
        self._wait(20, 120)
        if not grant:
            self._wait(600, 1200)
            lead = self.stage.cast.of("duty_lead")
            self._do(lead, self._step("deny_extend", reason=self.stage.say("urge")))
            return
        more = Step(kind="task", record=self._task, verb="extend", args={"by": by})
        self._do(self.stage.cast.of("duty_lead"), self._step("grant_extend", by=by), more)
        self._badly = NEVER

    def _escalate(self) -> None:
        level = {"routine": "IV", "IV": "III"}.get(str(self.told.incident["level"]), "II")
        reason = self.stage.say("escalate")
        lead = self.stage.cast.of("duty_lead")
        self._do(lead, self._step("escalate", level=level, reason=reason))

    def _urge(self) -> None:
        self._both(self._desk("dispatch"), "urge", note=self.stage.say("urge"))

    # ---- how

    def _do(self, actor: Access, *steps: Step) -> None:
        if self.at > self.stage.until:
            raise _Enough
        self.deeds.append(self.stage.deed(self.at, actor, *steps))
        own = [s.verb for s in steps if s.record == self.id]
        self._n += len(own)
        self.verbs += own
        if self.stop and self.stop in own:
            raise _Enough

    def _step(self, verb: str, **args: Any) -> Step:
        return Step(kind="incident", record=self.id, verb=verb, args=args, base=self._n)

    def _both(self, actor: Access, verb: str, **args: Any) -> None:
        """Take the incident and its lead's task together."""
        task = Step(kind="task", record=self._task, verb=verb)
        if verb != "resume":
            task = Step(kind="task", record=self._task, verb=verb, args=args)
        self._do(actor, self._step(verb, **args), task)

    def _issue(
        self, task: str, dept: str, part: str, order: str, unit: str, times: Mapping[str, str]
    ) -> Step:
        args = {"incident": self.id, "scope": self.told.spot.scope, "dept": dept, "part": part}
        args |= {n: t for n, t in times.items() if t} | {"order": order}
        if unit:
            args["unit"] = unit
        return Step(kind="task", record=task, verb="issue", args=args)

    def _reported(self, said: Mapping[str, Any]) -> tuple[Step, Step]:
        report = self.stage.dice.id(self.at)
        self._reports.append(report)
        number = f"D{report[:8]}{report[9:13]}{report[-6:]}".upper()
        args = dict(said, number=number, at=self.at)
        attach = {"incident": self.id}
        return (
            Step(kind="report", record=report, verb="receive", args=args),
            Step(kind="report", record=report, verb="attach", args=attach),
        )

    def _detour(self) -> str:
        throw = self.stage.dice.between(0, 1)
        for verb, share in DETOURS.items():
            throw -= share
            if throw < 0:
                return "" if self.stop else verb
        return ""

    def _desk(self, role: str) -> Access:
        """Give who does this: the city's desk, or now and then the district's own."""
        if self.stage.dice.chance(0.2):
            return self.stage.cast.centre(self.told.spot.district.code)
        return self.stage.cast.of(role)

    def _answering(self) -> Access:
        return self.stage.cast.answering(self._lead, self.told.spot.district.code)

    def _wait(self, low: int, high: int) -> None:
        self.at += int(self.stage.dice.between(low, high) * MINUTE)

    def _pace(self, limit: str) -> int:
        """Give when the department will be done, and note from when on that is too late."""
        clock = deadline.start(limit, self.at, self.stage.calendar)
        self._due, self._badly = clock.due, deadline.badly_at(clock, self.stage.calendar)
        shares = [pace[0] for pace in PACES]
        _, low, high = self.stage.dice.weighted(PACES, shares)
        share = self.stage.dice.between(low, high) * (SWIFT if limit.endswith("wd") else 1)
        return self.stage.later(limit, self.at, share)
