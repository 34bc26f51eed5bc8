"""Plain data becomes YAML that :mod:`geodata.yaml_reading` reads back the same."""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["yaml_text"]


class _Writer(yaml.SafeDumper):
    """Quotes every text that the strict reader takes for a number; writes what is shared twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - PyYAML's own signature
        """Write a value again rather than point to it: the strict reader has no alias."""
        return True


# A dossier called 1e+5 is a number to that reader and text to PyYAML.
_Writer.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$"),
    list("-+.0123456789"),
)


def yaml_text(content: object) -> str:
    """YAML of plain data (mappings, lists, text, numbers, booleans, dates), keys in their order."""
    return str(yaml.dump(content, Dumper=_Writer, allow_unicode=True, sort_keys=False))
