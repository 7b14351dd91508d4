"""One incident of the demo city, from the first call to its end, as acts of those who took them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.central.drill_advice import on_kind, on_unit
from console.central.drill_city import Dice, Told
from console.central.drill_stage import (
    CALLED,
    DAY,
    DETOURS,
    HOUR,
    MINUTE,
    NEVER,
    Deed,
    Stage,
)
from console.central.steps import issued, of_task, reported, times_of
from console.domain.access import SYSTEM, Access
from console.domain.limit import parse_limit
from console.domain.record import Step
from console.scenes.scene import Limits


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
        detour = self.stop if self.stop in DETOURS else ""
        if not self.stop:
            detour = self.stage.detour()
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
            merge = other._step("merge", parent=self.id, reason=self._say("merge"))
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
        self.id = self._dice.id(at)
        args = dict(told.incident, reported_at=at, occurred_at=at)
        args["limit"] = self.stage.limits["accept"][args["urgency"]]
        source = str(args["source"])
        person = self._desk("intake") if source in CALLED else self.stage.cast.named(SYSTEM)
        if source == "grid":
            person = self.stage.cast.centre(told.spot.district.code)
        self._do(person, self._step("create", **args), *self._reported(told.report))
        if self._dice.chance(0.07):
            more = self.stage.town.again(self._dice, told)
            self.at += self._dice.whole(1, 6) * MINUTE
            self._do(self.stage.cast.of("intake"), *self._reported(more))

    def _accept(self) -> None:
        self._wait(1, 14)
        args: dict[str, Any] = {
            "limit": self.stage.limits["dispatch"][self.told.incident["urgency"]]
        }
        if note := self._say("accept"):
            args["note"] = note
        self._do(
            self._desk("intake"),
            *on_kind(self.id, self.told, self.stage.demo),
            self._step("accept", **args),
        )

    def _leave(self, how: str) -> None:
        self._wait(2, 20)
        args = {"reason": self._say(how)}
        if how == "transfer":
            args["to"] = self._say("transfer_to")
        self._do(self._desk("dispatch"), self._step(how, **args))

    def _handled(self, detour: str) -> None:
        """Go from accepted to what the department says it did."""
        kind = self.stage.town.place.types[self.told.case.type]
        spot = self.told.spot
        lead = self.stage.town.place.city.resolve(kind.lead, spot.district.code, spot.street.code)
        # Whose share it is nobody knows beforehand: the district's centre finds out.
        self._dispatch(lead or spot.district.centre, kind.limits)
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
        self._lead, self._task = lead, self._dice.id(self.at)
        if self.at <= self.stage.until and self._dice.chance(0.3):
            self._unit = self.stage.yard.take(lead, spot.district.code, self.at)
        times, order = times_of(limits), self._say("order")
        person = self._desk("dispatch")
        pace = self.stage.pace(limits.handle, self.at, steady=bool(self.stop))
        self._back, self._due, self._badly = pace
        self._do(
            person, *on_unit(self.id, self._unit, self.stage.yard, self.at),
            self._step("dispatch", lead=lead, note=order, **times),
            self._issue(self._task, lead, "lead", order, self._unit, times),
        )  # fmt: skip
        helpers = (self.stage.town.place.city.resolve(d, spot.district.code, spot.street.code)
                   for d in kind.co)  # fmt: skip
        helper = next((d for d in helpers if d and d != lead), "")
        if helper and not self._helping and self._dice.chance(0.22):
            self._help(person, helper, limits)

    def _help(self, person: Access, dept: str, limits: Limits) -> None:
        task = self._dice.id(self.at)
        times = {n: t for n, t in times_of(limits).items() if n != "arrive"}
        self.at += self._dice.whole(1, 4) * MINUTE
        self._do(
            person, self._step("assist", dept=dept),
            self._issue(task, dept, "assist", self._say("order"), "", times),
        )  # fmt: skip
        self._helping.append(task)
        who = self.stage.cast.answering(dept, self.told.spot.district.code)
        late = min(self._back, self.stage.until) - self.at
        for verb, share in (("sign", 0.1), ("start", 0.3), ("feedback", 0.8)):
            at = self.at + int(late * share * self._dice.between(0.6, 1.0))
            args = {"result": self.told.result} if verb == "feedback" else {}
            step = of_task(task, verb, **args)
            if late > 10 * MINUTE and self._dice.chance(0.93):
                self.deeds.append(self.stage.deed(at, who, step))
            else:
                return

    def _sign(self, limits: Limits) -> None:
        late = self._dice.chance(0.06)
        begun, part = self.at, self._dice.between(1.05, 1.4) if late else None
        due = self.stage.later(limits.sign, begun, part or self._dice.between(0.08, 0.85))
        if late:
            self.at = self.stage.later(limits.sign, begun, 1.01)
            self._urge()
        if parse_limit(limits.sign).working and self._dice.chance(0.8):
            due = min(due, begun + self._dice.whole(8, 150) * MINUTE)  # the watch signs too
        self.at = max(self.at + MINUTE, due)
        self._both(self._answering(), "sign")

    def _begin(self, limits: Limits) -> None:
        if self.stop == "arrive" or (limits.arrive and self._dice.chance(0.75)):
            self.at = self.stage.later(
                limits.arrive or "30m", self.at, self._dice.between(0.2, 0.8)
            )
            self._both(self._answering(), "arrive")
        self._wait(2, 18)
        self._both(self._answering(), "start")
        if self._dice.chance(0.15):
            self._wait(5, 30)
            self._do(self._answering(), self._step("note", note=self._say("note")))

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
        if self._due < until < self._back and self._dice.chance(0.5):
            self.at = max(self.at, min(self._badly, until - 20 * MINUTE))
            self._urge()
        if self._badly < self._back:
            self.at = max(self.at + MINUTE, self._badly)
            reason = self._say("supervise")
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
        self.at += int(self._dice.between(1.5, 4) * DAY)
        self._do(self._leader(), self._step("archive"))

    def _verify(self) -> None:
        self._wait(15, 240)
        args = {"note": note} if (note := self._say("verify")) else {}
        self._do(self._desk("callback"), self._step("verify", **args))
        if self._dice.chance(0.6):
            self._wait(3, 40)
            satisfied = self._dice.pick(("very", "yes", "yes", "yes", "fair", "unsaid"))
            said = {"note": note} if (note := self._say("callback")) else {}
            call = {"contacted": "yes", "solved": "yes", "satisfied": satisfied}
            heard = Step(kind="report", record=self._reports[0], verb="callback", args=call)
            self._do(
                self._desk("callback"), self._step("callback", satisfied=satisfied, **said), heard
            )

    def _again(self, how: str) -> None:
        """Have the work done once more."""
        reason = self._say("rework")
        role = "callback" if how == "rework" else "duty_lead"
        redo = self._own("rework", reason=reason)
        self._do(self.stage.cast.of(role), self._step(how, reason=reason), redo)
        self._wait(20, 120)
        self._do(self._answering(), self._step("start"))
        self._wait(40, 300)
        self._feedback()
        self._verify()

    def _close(self) -> None:
        self._wait(3, 60)
        self.deeds = [d for d in self.deeds if d[0].at < self.at or not self._helps(d)]
        done = [self._own("finish")]
        for task in self._helping:
            did = [s.verb for act, _ in self.deeds for s in act.steps if s.record == task]
            if "finish" in did or "withdraw" in did:
                continue
            verb = "finish" if "feedback" in did else "withdraw"
            args = {} if verb == "finish" else {"reason": self._say("withdraw")}
            done.append(of_task(task, verb, **args))
        self._do(self._desk("dispatch"), self._step("close"), *done)
        self.ended = self.at
        self.stage.yard.give_back(self._unit, self.at)

    def _helps(self, deed: Deed) -> bool:
        return any(step.record in self._helping for step in deed[0].steps)

    # ---- off the way

    def _return(self) -> None:
        self._wait(6, 40)
        args = {"basis": self._say("return_basis"), "reason": self._say("return_reason")}
        self._both(self._answering(), "return", **args)
        self._free()

    def _withdraw(self) -> None:
        self._wait(3, 12)
        self._both(self._desk("dispatch"), "withdraw", reason=self._say("return_reason"))
        self._free()

    def _free(self) -> None:
        self.stage.yard.give_back(self._unit, self.at)
        self._unit = ""

    def _suspend(self) -> None:
        days = self._dice.between(0.6, 4)
        until = self.at + int(days * DAY)
        args = {"reason": self._say("suspend_reason")}
        task = self._own("suspend", **args)
        step = self._step("suspend", resume_when=self._say("resume_when"), until=until, **args)
        self._do(self._leader(), step, task)
        left = max(self._back - self.at, HOUR)
        self.at = until - 30 * MINUTE
        self._both(self._answering(), "resume")
        self._back = self.at + left
        self._badly = NEVER

    def _ask_suspend(self) -> None:
        args = {"reason": self._say("suspend_reason"), "until": self.at + 3 * DAY}
        step = self._step("ask_suspend", resume_when=self._say("resume_when"), **args)
        self._do(self._answering(), step)
        self._wait(60, 900)
        self._do(self._leader(), self._step("deny_suspend", reason=self._say("deny")))

    def _extend(self, limits: Limits, *, grant: bool) -> None:
        person, by = self._answering(), limits.handle
        self._do(person, self._step("ask_extend", by=by, reason=self._say("extend")))
        self._wait(20, 120)
        if not grant:
            self._wait(600, 1200)
            self._do(self._leader(), self._step("deny_extend", reason=self._say("deny")))
            return
        more = self._own("extend", by=by)
        self._do(self._leader(), self._step("grant_extend", by=by), more)
        self._badly = NEVER

    def _escalate(self) -> None:
        level = {"routine": "IV", "IV": "III"}.get(str(self.told.incident["level"]), "II")
        reason = self._say("escalate")
        self._do(self._leader(), self._step("escalate", level=level, reason=reason))

    def _urge(self) -> None:
        self._both(self._desk("dispatch"), "urge", note=self._say("urge"))

    # ---- how

    @property
    def _dice(self) -> Dice:
        return self.stage.dice

    def _say(self, what: str) -> str:
        return self.stage.say(what)

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
        self._do(actor, self._step(verb, **args), self._own(verb, **args))

    def _own(self, verb: str, **args: Any) -> Step:
        return of_task(self._task, verb, **args)

    def _issue(
        self, task: str, dept: str, part: str, order: str, unit: str, times: Mapping[str, str]
    ) -> Step:
        job = {"part": part, "order": order, **times} | ({"unit": unit} if unit else {})
        return issued(task, self.id, self.told.spot.scope, dept, **job)

    def _reported(self, said: Mapping[str, Any]) -> tuple[Step, Step]:
        self._reports.append(self._dice.id(self.at))
        return reported(self._reports[-1], self.id, said, self.at)

    def _desk(self, role: str) -> Access:
        """Give who does this: the city's desk, or now and then the district's own."""
        if self._dice.chance(0.2):
            return self.stage.cast.centre(self.told.spot.district.code)
        return self.stage.cast.of(role)

    def _leader(self) -> Access:
        return self.stage.cast.of("duty_lead")

    def _answering(self) -> Access:
        return self.stage.cast.answering(self._lead, self.told.spot.district.code)

    def _wait(self, low: int, high: int) -> None:
        self.at += int(self._dice.between(low, high) * MINUTE)
