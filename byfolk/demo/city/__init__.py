"""The synthetic city of Fjordby: pure tables from a seed, without Django and without a clock."""

from byfolk.demo.city.build import build
from byfolk.demo.city.model import City

__all__ = ["City", "build"]
