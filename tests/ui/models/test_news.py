"""News gather for one beat and are told on the screen's thread; a late answer never wins."""

import threading
from concurrent.futures import Future

import pytest

from console.domain.changes import Changes
from ui.models.news import Answers, News

ONE, TWO = (Changes(frozenset({("incident", each)})) for each in ("I1", "I2"))


@pytest.fixture
def news(qtbot):
    return News(beat_ms=1)


@pytest.fixture
def answers(qtbot):
    failed = []
    made = Answers(failed.append)
    made.failures = failed
    return made


def test_news_of_any_thread_are_told_together_on_the_screens_thread(news, qtbot):
    told = []
    news.told.connect(lambda changes: told.append((changes, threading.get_ident())))
    others = [threading.Thread(target=news.take, args=(each,)) for each in (ONE, TWO)]
    for each in others:
        each.start()
    for each in others:
        each.join()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [(ONE | TWO, threading.get_ident())]


def test_what_comes_after_a_beat_is_told_by_the_next(news, qtbot):
    told = []
    news.told.connect(told.append)
    for each in (ONE, TWO):
        news.take(each)
        qtbot.waitUntil(lambda each=each: each in told, timeout=20_000)
    assert told == [ONE, TWO]


def test_nothing_is_no_news(news, qtbot):
    told = []
    news.told.connect(told.append)
    news.take(Changes())
    news.take(ONE)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [ONE]


def test_of_two_questions_by_one_name_only_the_later_is_answered(answers, qtbot):
    early, late, other = Future(), Future(), Future()
    said = []
    for name, future in (("rows", early), ("rows", late), ("card", other)):
        answers.ask(name, future, said.append)
    late.set_result("late")
    early.set_result("early")
    other.set_result("other")
    qtbot.waitUntil(lambda: "other" in said, timeout=20_000)
    assert said == ["late", "other"]


def test_a_failure_is_handed_on_and_a_withdrawn_question_is_not(answers, qtbot):
    fails, withdrawn = Future(), Future()
    answers.ask("a", fails, pytest.fail)
    answers.ask("b", withdrawn, pytest.fail)
    withdrawn.cancel()
    fails.set_exception(ValueError("why"))
    qtbot.waitUntil(lambda: bool(answers.failures), timeout=20_000)
    assert [str(error) for error in answers.failures] == ["why"]
