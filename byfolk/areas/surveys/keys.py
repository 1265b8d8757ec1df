"""The factors of what ships, and the numbers of their indicators, which never change."""

from __future__ import annotations

#: Among those who work here: told from agency level up, since a unit's result is for the unit.
STAFF, PULSE, USERS = "employee-survey", "pulse", "user-survey"
AREAS = {STAFF: "surveys", PULSE: "surveys", USERS: "services"}
#: The number of each factor's indicator, which never changes.
KEYS = {
    STAFF: {
        "purpose": 1301,
        "time": 1302,
        "room": 1303,
        "steady": 1304,
        "learning": 1305,
        "seen": 1306,
        "direction": 1307,
        "speaking-up": 1308,
        "helping": 1309,
        "taking-part": 1310,
    },
    PULSE: {"pulse": 1320},
    USERS: {"access": 1331, "respect": 1332, "information": 1333, "influence": 1334, "result": 1335},
}
#: Of users it is told how many answered, since nobody is invited; among those who work here, how many of the invited.
RESPONSE_KEY, ANSWERS_KEY = 1300, 1336
#: The top of the scale that they are asked on.
TOP = 5


def ships(instrument: str, factor: str, top: int) -> bool:
    """Whether a factor is an indicator that is written in code. On another scale it would be another figure."""
    return top == TOP and factor in KEYS.get(instrument, {})
