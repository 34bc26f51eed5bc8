"""CNIG "Sites économiques": the standard as data, its export, a strict validator."""

from geodata.standards.cnig_se.checking import check_delivery
from geodata.standards.cnig_se.findings import DeliveryReport, Finding

__all__ = ["DeliveryReport", "Finding", "check_delivery"]
