"""The messages that the shipped model is trained on, and that model."""

from console.advise.invented import MOULD, TEXT, TYPE, Matter, invent
from console.advise.model import read_model
from console.base import resources
from console.domain.city import read_city
from console.scenes.read import read_scenes
from console.scenes.scene import leaves

CITY = read_city(resources.table("cities/nanjing.toml"), "nanjing")
MATTERS = [Matter("DMUM-06-02", "道路坑槽", ("坑槽",)), Matter("X-01", "新类型", ("水管", "爆裂"))]


def test_every_type_is_told_of_and_the_same_again_for_the_same_seed():
    made = invent(MATTERS, CITY, each=9, seed=2)
    assert [m[TYPE] for m in made] == ["DMUM-06-02"] * 9 + ["X-01"] * 9
    assert made == invent(MATTERS, CITY, each=9, seed=2)
    assert made != invent(MATTERS, CITY, each=9, seed=3)


def test_no_gap_is_left_in_what_is_made():
    assert not [m for m in invent(MATTERS, CITY, each=60) if {"{", "}"} & set(m[TEXT])]


def test_sentences_from_one_mould_say_so():
    made = invent(MATTERS, CITY, each=60)
    assert len({m[MOULD] for m in made}) < len(made)


def test_the_shipped_model_knows_types_that_there_are():
    types = {t.code for t in leaves(read_scenes(CITY).values())}
    model = read_model(resources.path("advice/types.npz"))
    assert len(set(model.about.labels) & types) > 0.8 * len(model.about.labels)
    found = model.judge({"text": "中山北路路口井盖翘起来了，电动车差点摔倒"})
    assert found.known
    assert any("井盖" in d.words for d in found.deciding)
