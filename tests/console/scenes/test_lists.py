"""The lists that scenes choose from are whole, in both languages, and each entry once."""

import pytest

from console.base.errors import BadData
from console.scenes.lists import read_list, read_lists


def test_every_list_is_read_in_both_languages():
    lists = read_lists()
    assert len(lists.groups) == 7
    for found in (lists.groups, lists.layers, lists.fields, lists.doors):
        assert all(entry.name and entry.name_en for entry in found.values())


def test_an_entry_given_twice_names_its_line(tmp_path):
    file = tmp_path / "layers.toml"
    entry = '[[entry]]\nid = "roads"\nname = "道路"\nname_en = "Roads"\n'
    file.write_text(entry + entry, "utf-8")
    with pytest.raises(BadData) as bad:
        read_list(str(file))
    assert bad.value.where == "line 6: entry[1].id"
