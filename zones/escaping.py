"""The one function that makes text harmless before it is given to folium."""

from __future__ import annotations

import html
import json

__all__ = ["escaped", "script_json"]

_LITERALS = str.maketrans({each: f"&#{ord(each)};" for each in "`${}\\"})
_MARKUP = str.maketrans(
    {each: f"\\u{ord(each):04x}" for each in ("<", ">", "&", "\u2028", "\u2029")}
)


def escaped(text: object) -> str:
    """Text as HTML that can run nothing, in an element, an attribute or a JavaScript literal.

    folium writes what it is given into HTML and into back-tick literals as it stands, so the
    characters of both are turned into entities.
    """
    return html.escape(str(text), quote=True).translate(_LITERALS)


def script_json(value: object) -> str:
    """JSON that can stand in a ``<script type="application/json">`` element.

    Raises
    ------
    ValueError
        A number is not finite.
    """
    plain = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return plain.translate(_MARKUP)
