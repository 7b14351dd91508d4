"""A file is opened by what it is; what it is not is named."""

import pytest

from console.base.errors import BadData
from console.maps.package import Package
from console.maps.source import open_file


def test_a_package_is_opened(package):
    held = open_file(package)
    assert isinstance(held, Package)
    assert not held.late
    held.close()


@pytest.mark.parametrize("name", ["gone.mbtiles", "map.zip"])
def test_what_is_no_map_is_named(tmp_path, name):
    (tmp_path / "map.zip").write_bytes(b"x")
    with pytest.raises(BadData, match=name):
        open_file(tmp_path / name)
