"""What is looked at in a zip file of XML (DOCX, XLSX) before a library opens it."""

from __future__ import annotations

import io
import zipfile
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml.common import DefusedXmlException

from knowledge.extract.limits import Limits
from knowledge.extract.refusals import refuse

_SMALL = 1 << 20
"""Bytes of a part up to which its ratio does not matter."""


def check_package(data: bytes, name: str, limits: Limits) -> zipfile.ZipFile:
    """The opened zip file, when no part of it can do harm.

    Raises:
        DocumentRefused: damaged, a bomb, with foreign XML declarations, or with macros.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        infos = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse("damaged", name, str(error)) from error
    if len(infos) > limits.parts or sum(i.file_size for i in infos) > limits.unpacked:
        raise refuse("bomb", name, f"{len(infos)} parts, {sum(i.file_size for i in infos)} bytes")
    if sum(i.compress_size for i in infos) > len(data):
        raise refuse("bomb", name, "parts overlap")
    names = [i.filename for i in infos]
    if len(set(names)) != len(names):
        raise refuse("damaged", name, "two parts of one name")
    for info in infos:
        if info.flag_bits & 1:
            raise refuse("locked", name, f"{info.filename} is encrypted")
        if info.filename.startswith(("/", "\\")) or ".." in info.filename.split("/"):
            raise refuse("bomb", name, f"part name {info.filename!r}")
        if info.file_size > _SMALL and info.file_size > limits.ratio * max(1, info.compress_size):
            raise refuse("bomb", name, f"{info.filename}: {info.file_size} bytes unpacked")
        if info.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")):
            raise refuse("macros", name, info.filename)
        if info.filename.lower().endswith((".xml", ".rels")):
            _check_xml(package, info, name, limits)
    return package


def _check_xml(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if info.file_size > limits.part:
        raise refuse("too_large", name, f"{info.filename}: {info.file_size} bytes")
    try:
        data = package.read(info)
        defusedxml.sax.parseString(data, _Depth(limits.depth), forbid_dtd=True)
    except _TooDeep as error:
        raise refuse("damaged", name, f"{info.filename}: elements too deep") from error
    except DefusedXmlException as error:
        raise refuse("entities", name, f"{info.filename}: {error}") from error
    except (SAXException, zipfile.BadZipFile, EOFError, OSError, ValueError, LookupError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise refuse("damaged", name, f"{info.filename}: {error}") from error
    except Exception as error:  # zlib.error and whatever an expat binding raises
        raise refuse("damaged", name, f"{info.filename}: {type(error).__name__}") from error


class _TooDeep(Exception):
    pass


class _Depth(ContentHandler):
    """Stops where elements are nested too deep for a tree."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._depth = most, 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._depth += 1
        if self._depth > self._most:
            raise _TooDeep

    def endElement(self, name: str) -> None:  # noqa: N802
        self._depth -= 1
