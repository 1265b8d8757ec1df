"""The synthetic city of Fjordby: pure tables from a seed, without Django and without a clock."""

from byfolk.demo.city.build import build
from byfolk.demo.city.files import write_files
from byfolk.demo.city.messy import MessyFile, messy_employments
from byfolk.demo.city.model import City

__all__ = ["City", "MessyFile", "build", "messy_employments", "write_files"]
