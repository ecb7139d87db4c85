"""An office file: a zip of parts that refer to each other. Here it is freed of all that tells who, what and when made
it, but for its title."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

CORE: Final = "docProps/core.xml"
TYPES: Final = "[Content_Types].xml"
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows."""
_PROPERTIES: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DUBLIN: Final = "http://purl.org/dc/elements/1.1/"
_TELLING: Final = ("docProps/", "customXml/")


def bare(file: bytes, title: str, *, without: tuple[str, ...] = ()) -> bytes:
    """The same file with its title as its only property, without the parts whose names begin with one of `without`,
    and the same bytes for the same words."""
    with ZipFile(BytesIO(file)) as old:
        parts = {name: old.read(name) for name in old.namelist() if not name.startswith((*_TELLING, *without))}
    parts[CORE] = _core(title)
    for name in parts:
        if name == TYPES:
            parts[name] = _kept(parts[name], lambda child: child.get("PartName", f"/{CORE}").lstrip("/") in parts)
        elif name.endswith(".rels"):
            beside = posixpath.dirname(posixpath.dirname(name))
            parts[name] = _kept(parts[name], lambda child, at=beside: _path(child.get("Target"), at) in parts)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in sorted(parts):
            new.writestr(ZipInfo(name, NO_DATE), parts[name], ZIP_DEFLATED)
    return made.getvalue()


def _core(title: str) -> bytes:
    core = etree.Element(f"{{{_PROPERTIES}}}coreProperties", nsmap={"cp": _PROPERTIES, "dc": _DUBLIN})
    etree.SubElement(core, f"{{{_DUBLIN}}}title").text = title
    return _written(core)


def _kept(xml: bytes, stays: Any) -> bytes:
    root = etree.fromstring(xml)
    for child in list(root):
        if not stays(child):
            root.remove(child)
    return _written(root)


def _path(target: str, beside: str) -> str:
    return posixpath.normpath(posixpath.join("/", beside, target)).lstrip("/")


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
