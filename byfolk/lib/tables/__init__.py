"""Tables in and out: CSV and XLSX to frames of text with the line of each row, and frames to files for people.

``read`` never guesses what a value means: every cell arrives as the text that stands in the file. What a date, a
percentage or a sum is, is decided by whoever knows the columns.
"""

from byfolk.lib.tables.errors import UnreadableTable
from byfolk.lib.tables.reading import read
from byfolk.lib.tables.table import Detected, Ragged, Table
from byfolk.lib.tables.writing import Sheet, write_csv, write_xlsx

__all__ = ["Detected", "Ragged", "Sheet", "Table", "UnreadableTable", "read", "write_csv", "write_xlsx"]
