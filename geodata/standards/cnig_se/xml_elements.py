"""Elements of ISO 19139 documents."""

from __future__ import annotations

import xml.etree.ElementTree as ET

__all__ = ["add_code", "add_text", "into", "qualified"]

_GMD = "http://www.isotc211.org/2005/gmd"
_GCO = "http://www.isotc211.org/2005/gco"
_CODES = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#"


ET.register_namespace("gmd", _GMD)
ET.register_namespace("gco", _GCO)


def into(parent: ET.Element, *names: str) -> ET.Element:
    """Innermost of nested elements made in ``parent``."""
    for name in names:
        parent = ET.SubElement(parent, qualified(name))
    return parent


def add_text(parent: ET.Element, name: str, text: str, *, kind: str = "CharacterString") -> None:
    """Element that holds a value."""
    into(parent, name, f"gco:{kind}").text = text


def add_code(parent: ET.Element, name: str, codes: str, value: str) -> None:
    """Element that holds a code of a list."""
    code = into(parent, name, f"gmd:{codes}")
    code.set("codeList", f"{_CODES}{codes}")
    code.set("codeListValue", value)
    code.text = value


def qualified(name: str) -> str:
    """Qualified name."""
    prefix, _, local = name.partition(":")
    return f"{{{_GMD if prefix == 'gmd' else _GCO}}}{local}"
