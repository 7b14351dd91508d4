"""The program in this process: what it takes hold of for itself is put back afterwards."""

import asyncio
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from console.base import text


@contextmanager
def borrowed(qapp: QApplication) -> Iterator[None]:
    """Lend the process to a program that believes it is alone in it."""
    hooks = sys.excepthook, threading.excepthook
    signals = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    name, language, quits = (
        qapp.applicationName(),
        text.TEXTS.language,
        qapp.quitOnLastWindowClosed(),
    )
    yield
    sys.excepthook, threading.excepthook = hooks
    for number, handler in signals.items():
        signal.signal(number, handler)
    asyncio.set_event_loop(None)
    qapp.setApplicationName(name)
    qapp.setQuitOnLastWindowClosed(quits)
    qapp.setStyleSheet("")
    text.speak(language)
