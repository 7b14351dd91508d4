"""Reads XML from outside into plain nodes with line numbers; no entity is ever expanded.

Documents with a DTD, an entity or an outside reference are refused, and so are those that are too
large, too deep or made of too many parts. Chinese encodings, which expat does not know, are
decoded here (GB 2312 and GBK as GB 18030, which holds both).
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from console.central.intake.frame import Unreadable, finding

MOST_BYTES = 1 << 20
MOST_NODES = 50_000
DEEPEST = 64
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*['"]([A-Za-z0-9._:-]{1,40})['"]""")
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "cp936", "gb_2312-80", "hz-gb-2312"))


@dataclass(slots=True)
class Node:
    """One element: its local name, its namespace, its own text, its attributes and children."""

    name: str
    space: str = ""
    line: int = 0
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list["Node"] = field(default_factory=list["Node"])
    text: str = ""

    def first(self, name: str) -> "Node | None":
        """Give the first child of a name."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator["Node"]:
        """Give the children of a name."""
        return (child for child in self.children if child.name == name)

    def said(self, name: str) -> str:
        """Give the text of the first child of a name; "" when there is none."""
        found = self.first(name)
        return found.text if found else ""

    def line_of(self, name: str) -> int:
        """Give the line of the first child of a name, or this node's own."""
        found = self.first(name)
        return found.line if found else self.line

    def walk(self) -> Iterator["Node"]:
        """Give this node and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_markup(data: bytes, most: int = MOST_BYTES) -> Node:
    """Read one document; Unreadable says which rule it breaks, and in which line."""
    if len(data) > most:
        raise Unreadable(finding("xml.large", most=most))
    tree = _Tree()
    parser: Any = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(tree)
    try:
        parser.parse(_source(data))
    except DefusedXmlException:
        raise Unreadable(finding("xml.entities", line=tree.line)) from None
    except SAXParseException as error:
        line = error.getLineNumber() or 0
        raise Unreadable(finding(_why(data), line=line, why=error.getMessage())) from None
    except (SAXException, ValueError, LookupError) as error:
        raise Unreadable(finding("xml.broken", line=tree.line, why=error)) from None
    if tree.root is None:
        raise Unreadable(finding("xml.broken", why="-"))
    return tree.root


def _source(data: bytes) -> InputSource:
    found = _DECLARED.match(data[:256])
    source = InputSource()
    if found is None or found[1].decode().lower() not in _CHINESE:
        source.setByteStream(io.BytesIO(data))
        return source
    try:
        words = data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(finding("xml.encoding", line=line, named="GB 18030")) from None
    # The declaration speaks of bytes, and these are bytes no longer.
    source.setCharacterStream(io.StringIO(words[words.index("?>") + 2 :] if "?>" in words else ""))
    return source


def _why(data: bytes) -> str:
    """Tell a wrong encoding from broken markup."""
    found = _DECLARED.match(data[:256])
    if found is not None and found[1].lower() not in (b"utf-8", b"utf8"):
        return "xml.broken"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "xml.not_utf8"
    return "xml.broken"


class _Tree(ContentHandler):
    """Builds the nodes; stops as soon as there are too many, or they lie too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self._open: list[Node] = []
        self._words: list[list[str]] = []
        self._count = 0
        self._locator: Locator | None = None

    @property
    def line(self) -> int:
        return (self._locator.getLineNumber() or 0) if self._locator else 0

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's own name
        self._locator = locator

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        del qname
        self._count += 1
        if self._count > MOST_NODES:
            raise Unreadable(finding("xml.many", line=self.line, most=MOST_NODES))
        if len(self._open) >= DEEPEST:
            raise Unreadable(finding("xml.deep", line=self.line, most=DEEPEST))
        named: Any = attrs
        given: dict[str, str] = {key[1]: value for key, value in named.items()}
        node = Node(name[1], name[0] or "", self.line, given)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._words.append([])

    def endElementNS(self, name: object, qname: object) -> None:  # noqa: N802
        del name, qname
        self._open.pop().text = "".join(self._words.pop()).strip()

    def characters(self, content: str) -> None:
        if self._words:
            self._words[-1].append(content)
