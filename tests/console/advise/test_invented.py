"""The messages that the shipped model is trained on, and that model."""

from console.advise.invented import MOULD, SAID, TEXT, TURNS, TYPE, Matter, invent
from console.advise.model import NOTHING, read_model
from console.base import resources
from console.domain.city import read_city
from console.scenes.read import read_scenes
from console.scenes.scene import leaves

CITY = read_city(resources.table("cities/nanjing.toml"), "nanjing")
MATTERS = [Matter("DMUM-06-02", "道路坑槽", ("坑槽",)), Matter("X-01", "新类型", ("水管", "爆裂"))]


def test_every_type_is_told_of_and_the_same_again_for_the_same_seed():
    made = invent(MATTERS, CITY, each=9, seed=2)
    types = [m[TYPE] for m in made]
    assert (types.count("X-01"), types[0], types[-1]) == (9, "DMUM-06-02", NOTHING)
    assert types.count("DMUM-06-02") > 9 + TURNS
    assert made == invent(MATTERS, CITY, each=9, seed=2)
    assert made != invent(MATTERS, CITY, each=9, seed=3)


def test_no_gap_is_left_in_what_is_made():
    assert not [m for m in invent(MATTERS, CITY, each=60) if {"{", "}"} & set(m[TEXT])]


def test_sentences_from_one_mould_say_so():
    made = invent(MATTERS, CITY, each=60)
    assert len({m[MOULD] for m in made}) < len(made)


def test_what_tells_of_no_case_or_of_a_type_that_is_not_there_has_a_label_of_its_own():
    unsaid = {m[TEXT] for m in invent(MATTERS, CITY, each=1) if m[TYPE] == NOTHING}
    assert {"喂", "核酸阳性"} <= unsaid
    opened = invent([*MATTERS, Matter("EPIN-01", "阳性报告", ())], CITY, each=1)
    assert {m[TYPE] for m in opened if m[TEXT] == "核酸阳性"} == {"EPIN-01"}


def test_what_callers_say_is_said_of_types_that_there_are():
    types = {t.code for s in read_scenes(CITY).values() for t in s.types}
    assert resources.table(SAID)["said"].keys() <= types


def test_the_shipped_model_knows_types_that_there_are():
    types = {t.code for t in leaves(read_scenes(CITY).values())} | {NOTHING}
    model = read_model(resources.path("advice/types.npz"))
    assert len(set(model.about.labels) & types) == len(model.about.labels)
    found = model.judge({"text": "中山北路路口井盖翘起来了，电动车差点摔倒"})
    assert found.known
    assert any("井盖" in d.words for d in found.deciding)
