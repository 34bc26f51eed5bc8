"""Cells of a frame become the plain values that JSON can say."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["json_text", "plain"]


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell is anything
    """Value as JSON can say it; missing and not finite become None."""
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset | np.ndarray | pd.Series):
        each = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in each]
    if value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


def json_text(value: Any) -> str:  # noqa: ANN401 - a cell is anything
    """Compact JSON, accents as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
