"""The palette's values: history that loses nothing, candidates to walk, previews in words."""

from hypothesis import given
from hypothesis import strategies as st

from console.domain.plan import Candidate
from tests.ui.desk import Desk
from ui.models.palette import SHOWN, LineHistory, Ways, keys_of, preview

AT = ("incident", "i4")


def test_history_goes_back_and_forth_and_keeps_what_was_typed() -> None:
    history = LineHistory()
    for line in ("一", "二", "一"):
        history.add(line)
    assert history.back("半句") == "一"
    assert history.back("") == "二"
    assert history.back("") == "二"
    assert history.forth("") == "一"
    assert history.forth("") == "半句"
    assert LineHistory(history.pack()).back("") == "一"
    assert LineHistory().back("x") == "x"


@given(st.integers(0, 30), st.lists(st.sampled_from((-1, 1)), max_size=60))
def test_the_chosen_candidate_is_always_on_the_screen(n: int, moves: list[int]) -> None:
    ways = Ways()
    ways.show([Candidate(str(at), str(at)) for at in range(n)])
    for by in moves:
        ways.move(by)
        start, seen = ways.seen()
        assert len(seen) == min(n, SHOWN)
        if ways.taken is not None:
            assert ways.taken in seen
            assert seen[ways.chosen - start] == ways.taken


def test_a_preview_says_before_after_and_clocks(seat: Desk) -> None:
    said = [each.words.strip() for each in preview(seat.core, "派单 wat", AT).said]
    assert any("已受理 → 已派单" in each for each in said)
    assert any(each.startswith("签收时限开始计时") for each in said)
    assert any("默认主办" in each for each in said)


def test_a_refusal_says_why_and_where(seat: Desk) -> None:
    seen = preview(seat.core, "延期 2个月", AT)
    assert not seen.ready
    assert seen.position == 4
    assert "办结" in preview(seat.core, "办结", AT).refused
    assert preview(seat.core, "派单 城", AT).refused == "“城”不止一个，请在上面选定"


def test_a_preview_changes_nothing(seat: Desk) -> None:
    preview(seat.core, "派单 wat", AT)
    assert seat.core.outbox() == []
    assert seat.incident("i4").state == "accepted"


def test_a_key_stands_beside_its_command() -> None:
    keys = {"F3": "incident.accept", "F5": "form.open incident.dispatch", "Ctrl+1": "queue.open x"}
    assert keys_of(keys) == {"incident.accept": "F3", "incident.dispatch": "F5"}
