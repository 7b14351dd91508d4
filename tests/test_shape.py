"""The shape holds: small files, mirrored tests, models without widgets, no stray facts."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.drivers import ROOT

LONGEST = 400
TOP = {
    ".ci", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "LICENSE", "NOTICE",
    "README.md", "build.spec", "console", "dev", "dev.bat", "pyproject.toml",
    "requirements-dev.lock", "requirements.lock", "resources", "tests", "ui",
}  # fmt: skip

# Modules without a test file of their own, and why.
UNMIRRORED: dict[str, str] = {}

# Files that hold Chinese words as data, and why.
CHINESE = {
    "console/domain/limit.py": "the units of time limits, as the data files write them",
    "ui/kit/fonts.py": "rare characters of names, which the font must draw",
}

# Dependencies that no line imports, and who asks for them.
TAKEN_BY_NAME = {
    "psycopg": "SQLAlchemy loads the driver that a database URL names",
    "tzdata": "zoneinfo reads it where the system has no zone files",
}

# What git does not track, for a tree that lies where there is no git.
LEFT_OUT = (".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().split()))


@cache
def tracked() -> list[str]:
    line = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return sorted(_walked())
    names = said.stdout.splitlines() if said.returncode == 0 else _walked()
    return sorted(name for name in names if (ROOT / name).is_file())


def _walked() -> Iterator[str]:
    for file in ROOT.rglob("*"):
        name = file.relative_to(ROOT)
        if file.is_file() and not any(
            fnmatch(part, left) for part in name.parts for left in LEFT_OUT
        ):
            yield name.as_posix()


def sources(*folders: str) -> list[str]:
    return [each for each in tracked() if each.endswith(".py") and each.split("/")[0] in folders]


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text("utf-8"))


def literals(name: str) -> Iterator[tuple[int, str]]:
    """Give the strings of a module that are not docstrings."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_the_top_of_the_tree_holds_only_what_belongs_there():
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_no_file_is_longer_than_400_lines():
    long = {
        name: lines
        for name in sources("console", "ui", "tests", ".ci")
        if (lines := len((ROOT / name).read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_every_module_has_its_test_file():
    missing = []
    for name in sources("console", "ui"):
        module = PurePosixPath(name)
        mirror = PurePosixPath("tests") / module.with_name(f"test_{module.name}")
        if not module.stem.startswith("__") and not (ROOT / mirror).is_file():
            missing.append(name)
    assert sorted(missing) == sorted(UNMIRRORED)


def test_every_test_file_says_what_it_is_for():
    silent = [
        name
        for name in sources("tests")
        if Path(name).name.startswith("test_") and not ast.get_docstring(tree(name))
    ]
    assert silent == []


def test_models_need_no_widgets():
    models = [
        name[:-3].replace("/", ".") for name in sources("ui") if name.startswith("ui/models/")
    ]
    assert models
    probe = (
        "import importlib, sys\n"
        "sys.modules['PySide6.QtWidgets'] = None\n"
        f"for name in {models!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    said = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


def test_code_names_no_scene():
    scenes = [Path(name).stem for name in tracked() if name.startswith("resources/scenes/")]
    assert scenes
    code = re.compile(rf"\b({'|'.join(scenes)})\b")
    named = [name for name in sources("console", "ui") if code.search((ROOT / name).read_text())]
    assert named == []


def test_no_chinese_words_in_code():
    words = re.compile(r"[\u3400-\u9fff]{2}")
    found = {
        f"{name}:{line}: {said}"
        for name in sources("console", "ui")
        if name not in CHINESE
        for line, said in literals(name)
        if words.search(said)
    }
    assert found == set()


def test_no_widget_is_given_a_fixed_text():
    setter = re.compile(r"set(Text|WindowTitle|ToolTip|PlaceholderText|StatusTip|Title)$")
    found = [
        f"{name}:{node.lineno}"
        for name in sources("ui")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and setter.match(node.func.attr)
        and any(
            isinstance(each, ast.Constant) and re.search(r"[^\W\d_]{2}", str(each.value))
            for each in node.args
        )
    ]
    assert found == []


def test_no_place_of_one_machine_and_no_registry_is_named():
    stray = re.compile(
        r"/(?:work|opt|root)/|/home/\w|pypi\.org|pythonhosted|npmjs|debian\.org", re.IGNORECASE
    )
    found = []
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" in data[:8000] or name == "tests/test_shape.py":
            continue
        hits = (
            number
            for number, line in enumerate(data.decode("utf-8").splitlines(), 1)
            if stray.search(line)
        )
        found += [f"{name}:{number}" for number in hits]
    assert found == []


def imported() -> set[str]:
    found = set()
    for name in sources("console", "ui"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"console", "ui"}


def test_what_is_imported_is_asked_for_and_what_is_asked_for_is_imported():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {canonicalize_name(Requirement(each).name) for each in asked}
    homes = importlib.metadata.packages_distributions()
    used = {canonicalize_name(home) for each in imported() for home in homes.get(each, [each])}
    # Names for what Essentials brings; Addons is a peer in the benches alone.
    used -= {"pyside6", "shiboken6", "pyside6-addons"}
    assert used - names == set(), "imported, but not in pyproject.toml"
    assert names - used - set(TAKEN_BY_NAME) == set(), "in pyproject.toml, but not imported"


@pytest.mark.parametrize("rare", ["囧", "镕", "喆", "昇", "𬀩", "①", "→"])
def test_both_weights_of_the_font_draw_rare_characters(rare, qapp):
    from PySide6.QtGui import QRawFont  # noqa: PLC0415 - after qapp

    for weight in ("Regular", "Bold"):
        font = QRawFont(str(ROOT / f"resources/fonts/NotoSansSC-{weight}.ttf"), 16)
        assert font.glyphIndexesForString(rare)[0] != 0
