"""What the scripts share that draw the windows of a running demo centre."""

import argparse
import io
import json
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer

from ready import ROOT, say
from ui.app import Seat


def arguments(script: str, purpose: str | None, name: str, told: str) -> argparse.Namespace:
    """Read which centre is asked, and what is wanted of it; ``people``: passwords by user."""
    parser = argparse.ArgumentParser(prog=f".venv/bin/python .ci/{script}", description=purpose)
    parser.add_argument("--centre", required=True, help="where the demo centre answers")
    parser.add_argument("--sign-in", required=True, type=Path, help="its demo-sign-in.json")
    parser.add_argument(name, nargs="*", help=told)
    asked = parser.parse_args()
    users = json.loads(asked.sign_in.read_text())["users"]
    asked.people = {each["user"]: each["password"] for each in users}
    return asked


def window(seat: Seat) -> Image.Image:
    """Give the whole window as it is now."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    seat.frame.grab().save(buffer, "png")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


def tell(file: Path) -> None:
    say(f"{file.relative_to(ROOT)}  {file.stat().st_size >> 10} KiB")
