"""A picture of the map fills a page, and nothing is printed before a printer is chosen."""

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.kit.mapprint import print_picture, put


def picture():
    image = QImage(800, 500, QImage.Format.Format_RGB32)
    image.fill("#3366aa")
    return image


def test_a_page_is_made(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "map.pdf"))
    put(picture(), printer)
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")


def test_a_printer_is_asked_for(qtbot, monkeypatch):
    parent = QWidget()
    qtbot.addWidget(parent)
    opened = []

    def noted(dialog):
        opened.append(dialog)

    monkeypatch.setattr(QPrintDialog, "open", noted)
    print_picture(picture(), parent)
    assert len(opened) == 1
