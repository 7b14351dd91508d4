"""What a model sees of a message."""

from console.advise.features import (
    CELL,
    HEAD,
    WORD,
    Spec,
    block,
    features,
    plain,
    runs,
    said_in,
    set_apart,
)

TEXT = Spec(text=("subject", "body"), head=2)


def test_width_case_and_spaces_between_chinese_words_make_no_difference():
    assert plain("路灯　Ａ座 不亮")[0] == plain("路灯a座不亮")[0] == "路灯a座不亮"


def test_a_space_between_latin_words_stays():
    assert plain("Vehicle  FIRE")[0] == "vehicle fire"


def test_each_character_knows_its_place_in_what_was_said():
    text, places = plain("路 灯㎡")
    assert text == "路灯m2"
    assert places == [0, 2, 3, 3]


def test_runs_are_every_piece_up_to_the_longest():
    assert list(runs("井盖翘", 2)) == ["井", "盖", "翘", "井盖", "盖翘"]


def test_columns_of_text_are_read_one_after_another():
    assert said_in(TEXT, {"subject": "停水", "body": " 三天了 "}) == "停水 三天了"


def test_the_first_characters_count_again():
    found = features(TEXT, {"subject": "停水", "body": "三天"})
    assert f"{HEAD}停水" in found
    assert f"{HEAD}三" not in found


def test_words_that_are_set_apart_are_features_alone_and_in_pairs():
    assert set_apart("小区 停水 三天") == ["小区", "停水", "三天"]
    found = features(TEXT, {"subject": "小区 停水 三天"})
    assert {f"{WORD}停水", f"{WORD}小区{WORD}停水"} <= set(found)


def test_known_words_are_found_where_none_are_set_apart():
    known = frozenset(("小区", "停水"))
    found = features(TEXT, {"subject": "小区又停水了"}, known)
    assert [f for f in found if f[0] == WORD] == [
        f"{WORD}小区", f"{WORD}停水", f"{WORD}小区{WORD}停水",
    ]  # fmt: skip


def test_cells_are_features_alone_and_in_pairs():
    spec = Spec(cells=("type", "street"))
    found = features(spec, {"type": "占道", "street": "东街"})
    assert found == [
        f"{CELL}type=占道", f"{CELL}type=占道{CELL}street=东街", f"{CELL}street=东街",
    ]  # fmt: skip
    assert [block(f) for f in ("路", f"{HEAD}路", f"{WORD}路", f"{CELL}路")] == [0, 1, 2, 3]


def test_signs_that_mark_features_cannot_come_from_a_message():
    assert plain("\x03type=占道")[0] == "type=占道"
