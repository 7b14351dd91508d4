"""Which commands are more than their one verb, and the plan of each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from console.services import (
    cameras,
    duty,
    exercises,
    incidents,
    informing,
    instructions,
    placing,
    reports,
    sealing,
    shelving,
    showing,
    starting,
    tasks,
)
from console.services.around import Around, Sketch

Plan = Callable[[Around, Any, Mapping[str, Any]], Sketch]

_TOGETHER = ("sign", "return", "withdraw", "arrive", "start", "feedback", "suspend", "resume",
             "extend", "rework")  # fmt: skip

PLANS: Mapping[str, Plan] = MappingProxyType(
    {
        "incident.create": incidents.create,
        "incident.accept": incidents.accept,
        "incident.classify": incidents.classify,
        "incident.relocate": incidents.relocate,
        "incident.dispatch": incidents.dispatch,
        "incident.assist": incidents.assist,
        "incident.unassist": incidents.unassist,
        "incident.send": incidents.send,
        "incident.close": incidents.close,
        "incident.callback": incidents.callback,
        "incident.merge": incidents.merge,
        "incident.amend": incidents.amend,
        "incident.heed": incidents.on_advice("heed"),
        "incident.overrule": incidents.on_advice("overrule"),
        "incident.urge": tasks.urge,
        "incident.grant_suspend": tasks.of_incident("grant_suspend", "suspend"),
        "incident.grant_extend": tasks.of_incident("grant_extend", "extend"),
        "incident.reopen": tasks.of_incident("reopen", "rework"),
        "incident.activate": starting.start,
        "incident.escalate": incidents.escalate,
        "incident.report_phone": informing.phone,
        "incident.report_first": informing.first,
        "incident.report_follow": informing.follow,
        "incident.report_final": informing.final,
        "scene.unseal": sealing.unseal,
        "plan.end": starting.end,
        "plan.call_off": starting.call_off,
        "report.receive": reports.receive,
        "report.callback": reports.callback,
        "camera.amend": incidents.amend,
        "camera.enrol": cameras.enrol,
        "duty.hand_over": duty.hand_over,
        "indicator.shelve": shelving.shelve,
        "indicator.unshelve": shelving.unshelve,
        "correction.record": placing.record,
        "showing.push": showing.push,
        "layout.share": showing.share,
        "exercise.begin": exercises.begin,
        "instruction.give": instructions.give,
        "instruction.urge": instructions.urge,
        "task.urge": tasks.of_task("urge"),
        **{f"incident.{verb}": tasks.of_incident(verb) for verb in _TOGETHER},
        **{f"task.{verb}": tasks.of_task(verb) for verb in _TOGETHER},
    }
)
