"""Import of personnel data: units, leaders, employments and absences from the files of other systems.

From the bottom: ``fields`` and ``kinds`` say what can be imported, ``mapping`` how a source's columns become fields,
``guessing`` proposes a mapping, ``converting`` makes typed rows, ``rules`` try them, ``checking`` does it all.
"""
