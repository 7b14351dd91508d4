"""The checks, cheapest first, then the frozen programs, then the tests, whose last line is last."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ready import PYTHON, ROOT

DIST = ROOT / "dist" / "chengyun"
MEMORY = Path("/dev/shm")  # noqa: S108 - only tests write there
ROOM = 4 << 30
# The same order each time; whoever tests a part alone gets it shuffled.
WORKERS = ["-p", "no:randomly", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]

CHECKS = {
    "form: ruff format": ["-m", "ruff", "format", "--check", "."],
    "faults: ruff check": ["-m", "ruff", "check", "."],
    "contracts: lint-imports": [
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ],
    "types: pyright": ["-m", "pyright"],
    "dead code: vulture": ["-m", "vulture"],
}


def heading(title: str) -> None:
    """Set a section off from what was printed before."""
    sys.stdout.write(f"\n==== {title} " + "=" * max(4, 90 - len(title)) + "\n")
    sys.stdout.flush()


def run(title: str, line: list[str], timeout: int = 1200) -> bool:
    """Run one part under a heading; say how long it took."""
    heading(title)
    began = time.monotonic()
    try:
        code = subprocess.run(
            line, cwd=ROOT, env=env(), stdin=subprocess.DEVNULL, timeout=timeout, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        code = 124
    said = "ok" if code == 0 else f"FAILED (exit {code})"
    sys.stdout.write(f"---- {title}: {said}, {time.monotonic() - began:.1f} s\n")
    sys.stdout.flush()
    return code == 0


def env() -> dict[str, str]:
    """Give the surroundings of every check: no screen, UTF-8."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return dict(
        os.environ,
        QT_QPA_PLATFORM=platform,
        PYTHONUTF8="1",
        PYTHONPATH=str(ROOT),
        PYRIGHT_PYTHON_IGNORE_WARNINGS="1",
    )


def static() -> list[str]:
    """Run the quick checks; name those that failed."""
    return [title for title, words in CHECKS.items() if not run(title, [str(PYTHON), *words])]


def frozen() -> list[str]:
    """Build the two programs, look for libraries that they miss, start their own tests."""
    spec = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    if not run("freeze: build.spec", spec):
        return ["freeze"]
    suffix = ".exe" if os.name == "nt" else ""
    parts = {"freeze: libraries": [str(PYTHON), ".ci/bundle.py", str(DIST)]}
    for name in ("chengyun", "chengyun-centre"):
        parts[f"freeze: {name} --self-test"] = [str(DIST / f"{name}{suffix}"), "--self-test"]
    return [title for title, line in parts.items() if not run(title, line, timeout=180)]


def tests(rest: list[str], measured: bool) -> tuple[bool, str]:
    """Run pytest, showing its lines as they come; give its closing line."""
    heading("tests: pytest")
    began = time.monotonic()
    measure = ["-m", "coverage", "run"] if measured else []
    with tempfile.TemporaryDirectory(
        prefix="chengyun-tests-", dir=_quick_place(), ignore_cleanup_errors=True
    ) as folder:
        # The tests' PostgreSQL runs as another account and must get through.
        Path(folder).chmod(0o711)
        line = [str(PYTHON), *measure, "-m", "pytest", *rest]
        code, closing = _shown(line, dict(env(), TMPDIR=folder))
    said = "ok" if code == 0 else f"FAILED (exit {code})"
    sys.stdout.write(f"---- tests: pytest: {said}, {time.monotonic() - began:.1f} s\n")
    return code == 0, closing


def _quick_place() -> Path | None:
    """Give a folder in memory, if there is much of it: the tests write thousands of files."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


def _shown(line: list[str], surroundings: dict[str, str]) -> tuple[int, str]:
    closing = ""
    with subprocess.Popen(
        line,
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as child:
        for said in child.stdout or ():
            sys.stdout.write(said)
            sys.stdout.flush()
            closing = said.strip() or closing
    return child.returncode, closing


def freeze() -> int:
    """Do what `./dev freeze` says."""
    return report(frozen())


def check() -> int:
    """Do what `./dev check` says."""
    return report(static())


def test(rest: list[str]) -> int:
    """Do everything; with arguments, only pytest with these."""
    if rest:
        return 0 if tests(rest, measured=False)[0] else 1
    began = time.monotonic()
    failed = static() + frozen()
    coverage = [str(PYTHON), "-m", "coverage"]
    subprocess.run([*coverage, "erase"], cwd=ROOT, check=False)
    passed, closing = tests(WORKERS, measured=True)
    if not passed:
        failed.append("tests")
    subprocess.run([*coverage, "combine", "--quiet"], cwd=ROOT, check=False)
    if not run("coverage", [*coverage, "report", "--skip-covered"]):
        failed.append("coverage")
    code = report(failed)
    sys.stdout.write(f"all of it took {time.monotonic() - began:.0f} s\n{closing}\n")
    return code


def report(failed: list[str]) -> int:
    """Say what failed, if anything; give the exit status."""
    heading("result")
    sys.stdout.write("FAILED: " + ", ".join(failed) + "\n" if failed else "every check passed\n")
    sys.stdout.flush()
    return 1 if failed else 0
