"""A fault says its status and its problem."""

from console.central.faults import Fault


def test_a_fault_carries_a_problem():
    fault = Fault(429, "busy", "signin.busy", retry_ms=5, minutes=3)
    assert (fault.status, fault.problem.error, fault.problem.args) == (429, "busy", {"minutes": 3})
    assert str(fault) == "429 busy"
