"""What ./dev does: prepare this machine with the standard library alone; run, test, freeze."""

import os
import subprocess
import sys
import time

import checks
import demo
import ready
from ready import PYTHON, ROOT, say

HELP = """\
./dev run [args]    prepare, start a centre with a demo city and open a workstation on it
./dev test [args]   every check and test; with arguments: only pytest with these
./dev check         only the quick checks: form, faults, contracts, types, dead code
./dev freeze        build dist/chengyun and start both programs' own test
./dev bench [args]  measure: the ratios of tests/bench
./dev doctor        check this installation, in words
./dev stop          stop the demo centre that ./dev run left at work
./dev lock          pin the packages of pyproject.toml again (needs uv and the network)
"""


def python(*words: str) -> int:
    """Run the project's Python in the root of the tree."""
    return subprocess.run([str(PYTHON), *words], cwd=ROOT, check=False).returncode


def lock() -> int:
    """Write both locks from pyproject.toml; the exported form names no addresses."""
    export = [
        "uv",
        "export",
        "-q",
        "--format",
        "requirements-txt",
        "--no-emit-project",
        "--no-header",
        "--no-annotate",
    ]
    subprocess.run(["uv", "lock", "--upgrade"], cwd=ROOT, check=True)
    subprocess.run([*export, "--no-dev", "-o", ready.RUN], cwd=ROOT, check=True)
    subprocess.run([*export, "-o", ready.DEVELOP], cwd=ROOT, check=True)
    return 0


def act(what: str, rest: list[str]) -> int:
    """Do one of the things that HELP names."""
    if what == "stop":
        return demo.stop()
    if what == "lock":
        return lock()
    began = time.monotonic()
    ready.make_ready(ready.RUN if what in ("run", "doctor") else ready.DEVELOP)
    say(f"ready in {time.monotonic() - began:.1f} s")
    if what == "run":
        return demo.run(rest)
    if what == "doctor":
        return python("-m", "console", "doctor", *rest)
    if what == "bench":
        return python(
            "-m", "pytest", "tests/bench", "-m", "bench", "-s", "-p", "no:randomly", *rest
        )
    if what == "freeze":
        return checks.freeze()
    return checks.check() if what == "check" else checks.test(rest)


def main() -> int:
    """Read the line and do it."""
    what, *rest = sys.argv[1:] or ["help"]
    if what not in ("run", "test", "check", "freeze", "bench", "doctor", "stop", "lock"):
        sys.stdout.write(HELP)
        return 0 if what in ("help", "-h", "--help") else 2
    os.environ.setdefault("PYTHONUTF8", "1")
    try:
        return act(what, rest)
    except ready.Stop as reason:
        say(reason)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
