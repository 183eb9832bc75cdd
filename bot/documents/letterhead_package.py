"""A Word file put together part by part, under names of ours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from bot.documents.letterhead_checks import Link, links_of
from bot.documents.letterhead_file import parse
from bot.documents.letterhead_scrub import scrub

EDGES = ("header", "footer")
WORD = "application/vnd.openxmlformats-officedocument"
_PACKAGE = "application/vnd.openxmlformats-package"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"BM": "bmp",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"\x01\0\0\0": "x-emf",
    b"\xd7\xcd\xc6\x9a": "x-wmf",
}


class Package:
    """The new file, filled part by part."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._made: dict[str, bytes] = {}
        self._types = ['<Default Extension="xml" ContentType="application/xml"/>']
        self._links: list[str] = []
        self._pictures: dict[str, str] = {}
        self._drawings = 9000

    def add(self, kind: str, part: str, type_: str, root: Any = None) -> str:
        """A part under a name of ours, with the pictures and plain links it uses; its link's id."""
        id_ = f"rId{len(self._links) + 1}"
        name = f"{kind}{len(self._links) + 1 if kind in EDGES else ''}.xml"
        root = parse(self._parts[part]) if root is None else root
        links = self._links_kept(part)
        scrub(root, set(links))
        self._number(root)
        self._made[f"word/{name}"] = serialize_part_xml(root)
        if links:
            rels = "".join(self._link(key, link) for key, link in links.items())
            self._made[f"word/_rels/{name}.rels"] = _rels(rels)
        self._types.append(f'<Override PartName="/word/{name}" ContentType="{type_}"/>')
        self._links.append(_relationship(id_, kind, name))
        return id_

    def _number(self, root: Any) -> None:
        """Drawings count together, from far above those of the text to come."""
        for drawing in root.iter(qn("wp:docPr")):
            self._drawings += 1
            drawing.set("id", str(self._drawings))

    def _links_kept(self, part: str) -> dict[str, Link]:
        return {key: link for key, link in links_of(self._parts, part).items() if self._kept(link)}

    def _kept(self, link: Link) -> bool:
        if link.outside:
            return link.kind == "hyperlink"
        return link.kind == "image" and bool(picture(self._parts.get(link.target, b"")))

    def _link(self, id_: str, link: Link) -> str:
        if link.outside:
            return _relationship(id_, link.kind, link.target, ' TargetMode="External"')
        if link.target not in self._pictures:
            data = self._parts[link.target]
            kind = picture(data)
            name = f"media/image{len(self._pictures) + 1}.{kind.removeprefix('x-')}"
            self._pictures[link.target] = name
            self._made[f"word/{name}"] = data
            default = f'<Default Extension="{kind.removeprefix("x-")}" ContentType="image/{kind}"/>'
            if default not in self._types:
                self._types.insert(0, default)
        return _relationship(id_, link.kind, self._pictures[link.target])

    def bound_empty(self, section: Any) -> bytes:
        """The file without a text, of one section."""
        document = parse_xml(f"<w:document {nsdecls('w', 'r')}><w:body/></w:document>")
        document[0].append(section)
        return self._bound(document)

    def bound_whole(self, main: str, document: Any, edges: Mapping[str, str]) -> bytes:
        """The file with its text; `edges` are the new ids of headers and footers by the old."""
        links, names = self._links_kept(main), dict(edges)
        for key in links:
            names[key] = f"rId{len(self._links) + 1}"
            self._links.append(self._link(names[key], links[key]))
        scrub(document, set(names))
        self._number(document)
        for element in document.iter():
            for name in [one for one in element.attrib if one.startswith(f"{{{_REL}}}")]:
                if new := names.get(element.attrib.pop(name)):
                    element.set(name, new)
        return self._bound(document)

    def _bound(self, document: Any) -> bytes:
        main = f"{WORD}.wordprocessingml.document.main+xml"
        self._types.append(f'<Override PartName="/word/document.xml" ContentType="{main}"/>')
        rels = f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
        types = (
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}'
        )
        made = {
            "[Content_Types].xml": f"{types}{''.join(self._types)}</Types>".encode(),
            "_rels/.rels": _rels(_relationship("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": serialize_part_xml(document),
            "word/_rels/document.xml.rels": _rels("".join(self._links)),
            **self._made,
        }
        return zipped(made)


def _rels(links: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{links}</Relationships>'.encode()


def _relationship(id_: str, kind: str, target: str, more: str = "") -> str:
    where = f"Target={quoteattr(target)}{more}"
    return f'<Relationship Id={quoteattr(id_)} Type="{_REL}/{kind}" {where}/>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A file of these parts, the same bytes for the same parts."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content)
    return saved.getvalue()


def picture(data: bytes) -> str:
    """The kind of a picture after its first bytes, whatever its name says; else nothing."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
