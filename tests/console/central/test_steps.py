"""Steps that drills and imports share have the arguments that the machines take."""

from console.central.steps import issued, of_task, reported, times_of
from console.scenes.scene import Limits


def test_only_limits_that_there_are_are_given():
    assert times_of(Limits(sign="1h", handle="2wd")) == {"sign": "1h", "handle": "2wd"}


def test_a_task_names_its_incident_and_scope(lite):
    step = issued("t", "i", "320102", "wat", part="lead", sign="1h")
    takes = lite.centre.judge.machines["task"].verbs["issue"].takes
    assert step.args.keys() <= takes.keys()
    assert of_task("t", "sign").args == {}


def test_a_report_is_received_and_put_to_its_incident():
    receive, attach = reported("0123456789abcdef", "i", {"words": "w"}, 5)
    assert receive.args["at"] == 5
    assert receive.args["words"] == "w"
    assert attach.args == {"incident": "i"}
