"""Sets up logging, once, to a file that turns over and to standard error."""

import logging
import logging.handlers
from pathlib import Path

FORM = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
MAX_BYTES = 5_000_000


def start(folder: Path | None = None, level: int = logging.INFO) -> None:
    """Log to ``folder/chengyun.log`` (turned over at 5 MB, 5 kept) and to standard error."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                folder / "chengyun.log", maxBytes=MAX_BYTES, backupCount=5, encoding="utf-8"
            )
        )
    logging.basicConfig(level=level, format=FORM, handlers=handlers, force=True)
