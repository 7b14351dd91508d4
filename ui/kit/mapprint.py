"""Puts a picture of the map on paper, asked for in the system's own way."""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_picture(image: QImage, parent: QWidget) -> None:
    """Ask for a printer, and print; nothing happens when none is chosen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    turn: Any = printer.setPageOrientation
    turn(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: put(image, printer))
    show: Any = dialog.open
    show()


def put(image: QImage, printer: QPrinter) -> None:
    """Put a picture on a page, as large as it fits."""
    painter = QPainter(printer)
    page = QRectF(painter.viewport())
    wide, high = float(image.width()), float(image.height())
    grow = min(page.width() / wide, page.height() / high)
    painter.drawImage(QRectF(0, 0, wide * grow, high * grow), image)
    painter.end()
