"""A warning's card tells its last message, how long it holds, and what came of it."""

from msgspec.structs import replace

from console.base import text
from console.domain.record import Forewarning, StartedPlan
from console.domain.warning import incident_of
from console.domain.words import Words
from tests.ui.desk import HOUR, MINUTE, Desk
from ui.models.warning import Lasting, areas, left, read, zoned


def warned(seat: Desk, **facts: object) -> Forewarning:
    """Let a rainstorm be warned of for the next three hours."""
    now = seat.core.clock.now()
    said = {
        "state": "in_force", "level": "II", "event": "暴雨", "headline": "暴雨橙色预警",
        "sender": "met", "sender_name": "南京市气象台", "sent_at": now - HOUR, "version": 3,
        "effective_at": now - HOUR, "expires_at": now + 3 * HOUR, "identifier": "MET-7",
        "words": "三小时内有 50 毫米以上降雨", "instruction": "停止户外作业",
        "geocodes": ("division=320102", "division=320104"),
    }  # fmt: skip
    held = Forewarning(id="w1", **(said | facts))  # type: ignore[arg-type]
    seat.hears(held)
    return held


def said(seat: Desk) -> dict[str, str]:
    return {fact.name: fact.value for fact in read(seat.core, "w1").facts}


def test_it_says_what_is_warned_of_by_whom_and_where(seat: Desk) -> None:
    warned(seat)
    card = read(seat.core, "w1")
    assert (card.head.title, card.head.level_words) == ("暴雨橙色预警", "橙色预警")
    assert (card.head.state, card.unreal) == ("生效", "")
    told = said(seat)
    assert (told["event"], told["sender"]) == ("暴雨", "南京市气象台")
    assert told["area"] == "玄武区，秦淮区"
    assert told["sent_at"].endswith("UTC+08:00")
    assert told["instruction"] == "停止户外作业"


def test_what_nobody_has_said_is_a_dash_and_no_level_is_not_a_colour(seat: Desk) -> None:
    warned(seat, words="", level="", geocodes=(), effective_at=0)
    told = said(seat)
    assert (told["words"], told["area"], told["effective_at"]) == ("—", "—", "—")
    assert read(seat.core, "w1").head.level_words == "未说明等级"


def test_an_area_in_words_is_told_with_the_districts_that_it_does_not_name(seat: Desk) -> None:
    held = warned(seat, area="玄武区北部")
    assert areas(seat.core, held) == "玄武区北部; 秦淮区"
    assert areas(seat.core, replace(held, area="", geocodes=("division=320100000000",))) == "南京市"
    assert areas(seat.core, replace(held, area="", geocodes=("x=990000",))) == "990000"


def test_an_exercise_says_that_it_is_none(seat: Desk) -> None:
    warned(seat, standing="exercise")
    assert read(seat.core, "w1").unreal == "演练：不是真实预警"


def test_its_verbs_are_those_of_its_machine(seat: Desk) -> None:
    warned(seat)
    assert [act.command for act in read(seat.core, "w1").acts] == ["warning.note"]


def test_what_it_opened_and_the_plans_there_are_linked(seat: Desk) -> None:
    warned(seat)
    assert read(seat.core, "w1").incidents == ()
    opened = incident_of("w1")
    incident = seat.incident("i1")
    plan = seat.core.scenes["DMSW"].plans[0]
    seat.hears(
        replace(incident, id=opened),
        StartedPlan(id="p1", incident=opened, plan=plan.id, state="running", version=2),
    )
    card = read(seat.core, "w1")
    assert [each.id for each in card.incidents] == [opened]
    assert [(each.id, each.title) for each in card.plans] == [(opened, plan.name)]


def test_one_that_is_not_held_here_is_not_known(seat: Desk) -> None:
    assert read(seat.core, "gone").standing == "unknown"


def test_how_it_stands_is_told_by_the_clock_and_by_its_sender_alone(seat: Desk) -> None:
    words, now = Words(seat.core), seat.core.clock.now()
    later = now + 3 * HOUR

    def at(state: str, begins: int, ends: int) -> str:
        return left(words, Lasting(state, begins, ends, now), now).said

    assert at("in_force", now - HOUR, later) == "生效中，还有 3时00分"
    assert at("in_force", now + HOUR, later).startswith("尚未开始，1时00分")
    assert "中心尚未确认" in at("updated", now - 2 * HOUR, now - HOUR)
    assert at("expired", now - 2 * HOUR, now - HOUR) == "已失效 1时00分"
    assert at("cancelled", now - HOUR, later) == f"已于 {zoned(words, now)} 解除"
    assert "未说明" in at("in_force", now - HOUR, 0)
    soon = left(words, Lasting("in_force", now - HOUR, now + 20 * MINUTE, now), now)
    assert (soon.role, soon.glyph) == ("deadline.soon", "sand")


def test_it_is_whole_in_english(seat: Desk) -> None:
    warned(seat, state="updated")
    text.speak("en")
    card = read(seat.core, "w1")
    assert (card.head.level_words, card.head.state) == ("Orange warning", "Updated")
    assert {fact.label for fact in card.facts} >= {"Updated", "Description", "Sender"}
    assert said(seat)["area"].startswith("Xuanwu")
