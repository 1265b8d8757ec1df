"""Invented data for the style guide: every component of the look once, modelled on pages that the portal has.

All names and numbers are made up here; nothing is read from a database.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from typing import Any

from byfolk.lib import charts
from byfolk.lib.norwegian import number, percent

PLACE = "Storvik kommune"


def sample_context() -> dict[str, Any]:
    """What `portal/styleguide.html` shows; the same every time."""
    chance = random.Random(7)  # noqa: S311 - invented dots, nothing secret
    return {
        "municipality": {"name": PLACE},
        "frame": _frame(),
        "choices": _choices(),
        "tabs": [{"label": word, "url": "#", "current": not index} for index, word in enumerate(_TABS)],
        "goal_index": _GOAL_INDEX,
        "attention": _ATTENTION,
        "area": _area(chance),
        "matrix": _matrix(chance),
        "hidden_facts": _HIDDEN_FACTS,
        "figure": _figure_page(),
        "unit": _unit_page(chance),
        "home": _HOME,
        "who": _WHO,
        "accounts": _accounts(),
        "leader": _leader(),
    }


def _wave(start: float, end: float, count: int, size: float, phase: float = 0.0) -> list[float]:
    step = (end - start) / (count - 1)
    return [
        round(start + step * index + (size * math.sin(index * 0.9 + phase) if index < count - 1 else 0), 2)
        for index in range(count)
    ]


def _frame() -> dict[str, Any]:
    words = ["Hjem", "Styring", "Enheter", "Undersøkelser", "Kompetanse", "Personalregnskap"]
    return {
        "home_url": "/",
        "search_url": "/",
        "navigation": [{"label": word, "url": "#", "current": word == "Styring"} for word in words],
        "person": {"name": "Kari Nordahl", "role": "HR-direktør", "url": "#"},
        "who_sees_url": "#",
        "privacy_url": "#",
        "accessibility_url": "#",
        "set_language_url": "/",
        "demo": True,
    }


_TABS = ["Oversikt", "Mål for mål", "Virksomheter og enheter", "Skjulte tall"]


def _choices() -> list[dict[str, Any]]:
    return [
        {"name": "unit", "label": "Enhet", "options": [{"value": "1", "label": PLACE, "chosen": True}]},
        {"name": "period", "label": "Tall til og med", "options": [{"value": "2026-08", "label": "August 2026"}]},
        {"name": "compare", "label": "Sammenlign med", "options": [{"value": "y", "label": "Samme tid i fjor"}]},
    ]


def _goals(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "status": status, "url": "#"} for name, status in pairs]


_GOAL_INDEX = [
    {"name": "Omdømme", "goals": _goals(("Service og kvalitet", "near"))},
    {"name": "1 Organisasjonskultur", "goals": _goals(("Verdibasert kultur", "reached"), ("Åpen kommune", "near"))},
    {"name": "2 Ledelse", "goals": _goals(("Fremsynt ledelse", "far"), ("Trygge ledere", "reached"))},
    {"name": "3 Medarbeidere og arbeidsmiljø", "goals": _goals(("Arbeidsmiljø", "far"), ("Like muligheter", "near"))},
    {
        "name": "4 Avtaler og regelverk",
        "goals": _goals(("Enklere avtaler", "not_measured"), ("Samhandling", "near"), ("Lokal lønn", "reached")),
    },
    {"name": "5 Kompetanse", "goals": _goals(("Rett kompetanse", "far"), ("Læringsarena", "near"))},
    {"name": "6 Utvikling og omstilling", "goals": _goals(("Utvikling", "reached"), ("Omstilling", "reached"))},
]

_ATTENTION = [
    {
        "status": "far",
        "title": "Sykefraværet er 0,6 prosentpoeng over målet",
        "text": "Sykehjem og barnehager står for 58 % av dagsverkene over målet. 19 av 46 virksomheter har nådd målet.",
        "links": [{"label": "Se tallet", "url": "#"}, {"label": "Se de 27 tiltakene", "url": "#"}],
    },
    {
        "status": "far",
        "title": "Over halvparten av lederstillingene mangler etterfølger",
        "text": "15 virksomheter har ikke begynt med talentsamtaler. 348 ledere fyller 62 år innen to år.",
        "links": [{"label": "Se tallet", "url": "#"}, {"label": "Se de 2 tiltakene", "url": "#"}],
    },
    {
        "status": "far",
        "title": "Seks av ti strategiske kompetansegap er ikke dekket",
        "text": "Størst er mangelen på vernepleiere, 214 årsverk. For IKT-sikkerhet er ingen tiltak startet.",
        "links": [{"label": "Se tallet", "url": "#"}, {"label": "Start et tiltak for IKT-sikkerhet", "url": "#"}],
    },
]


def _figure(
    chance: random.Random, name: str, detail: str, value: str, target: str, change: str, status: str, **rest: Any
) -> dict[str, Any]:
    goal = rest.get("goal", 1.0)
    start, end = rest.get("shape", (0.2, 0.7))
    peers = [chance.gauss(0.5, 0.18) for _ in range(46)]
    return {
        "name": name,
        "detail": detail,
        "url": "#",
        "value": value,
        "target": target,
        "change": change,
        "change_word": rest.get("word", "bedre"),
        "status": status,
        "reason": rest.get("reason", ""),
        "spark": charts.sparkline(_wave(start, end, 12, 0.06, len(name)), target=goal, label=f"{name}, siste tre år"),
        "strip": charts.strip(peers, own=0.5, label=f"{name} i 46 virksomheter"),
    }


def _area(chance: random.Random) -> dict[str, Any]:
    return {
        "kind": "Område 3",
        "name": "Medarbeidere og arbeidsmiljø",
        "summary": "1 mål nær, 1 langt unna, 1 uten tall",
        "goals": [
            {
                "number": "3.1",
                "name": "Godt og inkluderende arbeidsmiljø",
                "status": "far",
                "figures": [
                    _figure(
                        chance, "Sykefravær", "siste 12 måneder", percent(8.6), percent(8.0), "−0,2", "far",
                        shape=(0.9, 0.6), goal=0.2,
                    ),
                    _figure(chance, "Medarbeidersamtaler holdt", "siste 12 måneder", "78 %", "95 %", "+4", "far"),
                    _figure(
                        chance, "Vold og trusler", "meldinger per 1 000 årsverk", "38", "35", "+3", "near",
                        shape=(0.9, 0.5), goal=0.3, word="svakere",
                    ),
                ],
                "doing": {
                    "link": {"label": "27 tiltak i 19 virksomheter", "url": "#"},
                    "text": ". Nærværsteam i sykehjem og barnehager siden 1. oktober. Ansvar: Amir Rahimi.",
                },
            },
            {
                "number": "3.2",
                "name": "Like muligheter",
                "status": "near",
                "figures": [
                    _figure(chance, "Ansatte i heltid", "faste stillinger", "71,4 %", "70,0 %", "+2,2", "reached", goal=0.6),
                    _figure(
                        chance, "Kvinners lønn av menns", "samme stillingsnivå", "", "", "", "hidden",
                        reason="Vises når det er minst 5 kvinner og 5 menn på nivået.",
                    ),
                ],
                "doing": {"link": {"label": "8 tiltak", "url": "#"}, "text": ". 212 deltidsansatte er tilbudt større stilling siden mai."},
            },
            {
                "number": "3.3",
                "name": "Trygg tilgang til bedriftshelsetjeneste",
                "status": "not_measured",
                "text": "Ingen tall ennå. Første måling kommer i januar 2027.",
                "text_link": {"label": "Se hva som skal måles", "url": "#"},
            },
        ],
    }  # fmt: skip


def _matrix(chance: random.Random) -> dict[str, Any]:
    groups = [
        {"name": "Omdømme", "goals": [{"number": "0", "name": "Service og kvalitet"}]},
        {"name": "Kultur", "goals": [{"number": "1.1", "name": "Verdibasert kultur"}, {"number": "1.2", "name": "Åpen kommune"}]},
        {"name": "Ledelse", "goals": [{"number": "2.1", "name": "Fremsynt ledelse"}, {"number": "2.2", "name": "Trygge ledere"}]},
        {"name": "Arbeidsmiljø", "goals": [{"number": "3.1", "name": "Arbeidsmiljø"}, {"number": "3.2", "name": "Like muligheter"}]},
        {
            "name": "Avtaler",
            "goals": [
                {"number": "4.1", "name": "Enklere avtaler"},
                {"number": "4.2", "name": "Samhandling"},
                {"number": "4.3", "name": "Lokal lønn"},
            ],
        },
        {"name": "Kompetanse", "goals": [{"number": "5.1", "name": "Rett kompetanse"}, {"number": "5.2", "name": "Læringsarena"}]},
        {"name": "Omstilling", "goals": [{"number": "6.1", "name": "Utvikling"}, {"number": "6.2", "name": "Omstilling"}]},
    ]  # fmt: skip
    units = [
        ("Sykehjemsetaten", "5 214", 1, True), ("Bjerkelia sykehjem", "140", 2, False), ("Furulia sykehjem", "186", 2, False),
        ("Kirsebærhagen omsorgssenter", "34", 2, False), ("Bydel Sørvika", "2 380", 1, False),
        ("Barne- og familieetaten", "1 406", 1, False), ("Bymiljøetaten", "912", 1, False), ("Utdanningsetaten", "16 840", 1, False),
    ]  # fmt: skip
    goals = [goal for group in groups for goal in group["goals"]]
    firsts = {group["goals"][0]["number"] for group in groups}
    rows: list[dict[str, Any]] = []
    for name, count, level, is_open in units:
        cells = []
        for goal in goals:
            status = "not_measured" if goal["number"] == "4.1" else chance.choice(["far", "near", "near", "reached", "reached"])
            if name.startswith("Kirsebær") and chance.random() < 0.4:
                status = "hidden"
            cells.append({"status": status, "url": "#", "first": goal["number"] in firsts})
        rows.append(
            {"name": name, "url": "#", "count": count, "level": level, "open": is_open, "chosen": name.startswith("Bjerkelia"), "cells": cells}
        )
    rows.insert(4, {"more": {"label": "Vis alle 31 enheter", "url": "#"}, "level": 2})
    return {"groups": groups, "rows": rows}


_HIDDEN_FACTS = [
    {"label": "Enheter med alle tall skjult", "value": "412", "note": "av 3 024"},
    {"label": "Sykefravær, færre enn 10 ansatte", "value": "412", "note": "enheter"},
    {"label": "Undersøkelser, færre enn 5 svar", "value": "655", "note": "enheter"},
    {"label": "Skjult for å verne en nabo", "value": "171", "note": "enheter"},
    {"label": "Lønn", "value": "", "note": "bare for byen og virksomhetene"},
]


def _figure_page() -> dict[str, Any]:
    months = [dt.date(2023 + (8 + index) // 12, (8 + index) % 12 + 1, 1) for index in range(36)]
    year = [10.5 + 1.1 * math.sin(index / 11.5) - 0.012 * index for index in range(36)]
    lines = [
        charts.Line("months", [(on, 10.7 + 1.9 * math.sin(index / 1.95 - 1)) for index, on in enumerate(months)]),
        charts.Line("parent", [(on, 10.2 - 0.011 * index) for index, on in enumerate(months)], "Sykehjemsetaten 9,8 %", "9,8 %"),
        charts.Line("own", list(zip(months, year, strict=True)), "Bjerkelia sykehjem 10,4 %", "10,4 %"),
    ]
    targets = [
        charts.TargetStep(dt.date(2023, 1, 1), dt.date(2024, 1, 1), 10.0),
        charts.TargetStep(dt.date(2024, 1, 1), dt.date(2025, 1, 1), 9.5),
        charts.TargetStep(dt.date(2025, 1, 1), dt.date(2027, 1, 1), 9.0),
    ]
    flags = [charts.Flag(dt.date(2025, 2, 1), "Nærværsteam"), charts.Flag(dt.date(2025, 10, 1), "Ny turnus")]
    drawn = {
        name: charts.line_chart(
            lines, width=width, label="Sykefraværet ved Bjerkelia sykehjem har falt siden vinteren 2025",
            targets=targets, target_label="Mål 9,0 %", target_short="Mål 9,0", flags=flags, unit=" %",
        )
        for name, width in (("wide", 1200), ("narrow", 358))
    }  # fmt: skip
    names = ["Lillehaugen", "Furulia", "Solvangen", "Nordby", "Elvestrand", "Åsly", "Midtstua", "Bjerkelia", "Vestli", "Granhaug", "Tårnhuset"]
    values = [7.6, 8.3, 8.7, 9.1, 9.5, 9.7, 10.1, 10.4, 10.9, 11.2, 12.4]
    siblings = [
        {
            "name": f"{name} sykehjem", "url": "#", "value": percent(value), "own": name == "Bjerkelia",
            "svg": charts.dot(value, low=7, high=13, target=9.0, parent=9.8, own=name == "Bjerkelia"),
        }
        for name, value in zip(names, values, strict=True)
    ]  # fmt: skip
    lengths = [("Egenmeldt", 1.3), ("Legemeldt, 1–16 dager", 1.7), ("17–56 dager", 2.2), ("Over 56 dager", 5.2)]
    return {
        **drawn,
        "facts": [
            {"label": "Mål for 2026", "value": "9,0 %"},
            {"label": "Samme tid i fjor", "value": "11,0 %", "note": "0,6 bedre"},
            {"label": "Sykehjemsetaten", "value": "9,8 %"},
            {"label": PLACE, "value": "8,6 %"},
            {"label": "Ansatte bak tallet", "value": "140"},
            {"label": "Periode", "value": "sept. 2025 – aug. 2026"},
        ],
        "notes": ["Nærværsteam startet, februar 2025", "Ny turnus, oktober 2025"],
        "table": {
            "caption": "Sykefravær ved Bjerkelia sykehjem, siste 12 måneder",
            "columns": ["Måned", "Bjerkelia", "Sykehjemsetaten"],
            "rows": [["Juni 2026", "10,5 %", "9,8 %"], ["Juli 2026", "10,4 %", "9,8 %"], ["August 2026", "10,4 %", "9,8 %"]],
        },
        "scale": charts.dot_scale(low=7, high=13, target=9.0, parent=9.8, target_label="Mål 9,0", parent_label="Etaten 9,8"),
        "siblings": siblings,
        "lengths": [
            {"name": name, "svg": charts.bar(value, largest=5.2, pale=value < 5), "value": percent(value), "share": "−0,1"}
            for name, value in lengths
        ],
        "who_columns": [
            {"label": "Yrke"}, {"label": "Ansatte", "numeric": True}, {"label": "Avtalte dagsverk", "numeric": True, "wide_only": True},
            {"label": "Sykefravær", "numeric": True}, {"label": "Fra i fjor", "numeric": True}, {"label": "Siste tre år", "wide_only": True},
        ],
        "who_rows": [
            _group("Helsefagarbeidere", "58", "10 900", 10.8, "−0,8", "bedre"),
            _group("Sykepleiere", "31", "6 310", 9.0, "−0,6", "bedre"),
            {
                "cells": [
                    {"value": "Administrasjon og ledelse"}, {"value": "6", "numeric": True}, {"value": "", "wide_only": True},
                    {"hidden": "Skjult: færre enn 10", "span": 2}, {"value": "", "wide_only": True},
                ]
            },
        ],
        "who_foot": {
            "cells": [
                {"value": "Alle"}, {"value": "140", "numeric": True}, {"value": number(24293), "numeric": True, "wide_only": True},
                {"value": "10,4 %", "numeric": True}, {"value": "−0,6", "numeric": True}, {"value": "", "wide_only": True},
            ]
        },
        "formula": [
            {"value": number(2526), "label": "tapte dagsverk"},
            {"sign": "÷", "value": number(24293), "label": "avtalte dagsverk"},
            {"sign": "=", "value": percent(10.4), "label": "sykefravær"},
        ],
        "sight": [
            {"kind": "Område 3", "label": "Medarbeidere og arbeidsmiljø", "url": "#"},
            {"kind": "Mål 3.1", "label": "Godt og inkluderende arbeidsmiljø", "url": "#", "note": "Brukes også i Personalregnskap"},
            {"kind": "Tall", "label": "Sykefravær, siste 12 måneder", "note": "Definisjon versjon 4, gjelder fra januar 2024", "current": True},
            {"kind": "Grunnlag", "label": "1 684 fraværsrader og 152 arbeidsforhold", "url": "#", "note": "Du ser antallet, ikke radene"},
            {"kind": "Kilde", "label": "Lønnssystemet, hentet 3. september 2026", "url": "#", "note": "Ingen avviste rader for enheten din"},
        ],
        "actions_columns": [
            {"label": "Tiltak"}, {"label": "Ansvarlig"}, {"label": "Startet"}, {"label": "Frist"},
            {"label": "Endring siden start", "numeric": True}, {"label": "Status"},
        ],
        "actions_rows": [
            _action("Nærværsteam med tillitsvalgt og verneombud", "Solveig Aas", "feb. 2025", "31. des. 2026", "−1,1", "Pågår", "own"),
            _action("Ny turnus med langvakter hver tredje helg", "Henrik Lund", "okt. 2025", "30. juni 2026", "−0,5", "Ferdig", "plain"),
        ],
    }  # fmt: skip


def _group(name: str, people: str, days: str, value: float, change: str, word: str) -> dict[str, Any]:
    spark = charts.sparkline(_wave(value + 1, value, 12, 0.2), target=9.0, label=f"{name}, siste tre år")
    return {
        "cells": [
            {"value": name},
            {"value": people, "numeric": True},
            {"value": days, "numeric": True, "wide_only": True},
            {"value": percent(value), "numeric": True, "strong": True},
            {"value": change, "note": word, "numeric": True},
            {"svg": spark, "wide_only": True},
        ]
    }


def _action(name: str, owner: str, start: str, due: str, change: str, word: str, tone: str) -> dict[str, Any]:
    return {
        "cells": [
            {"value": name, "url": "#"},
            {"value": owner, "label": "Ansvarlig"},
            {"value": start, "label": "Startet"},
            {"value": due, "label": "Frist"},
            {"value": change, "note": "etaten −0,3", "label": "Endring siden start", "numeric": True},
            {"tag": {"word": word, "tone": tone}, "label": "Status"},
        ]
    }


def _unit_page(chance: random.Random) -> dict[str, Any]:
    figures = [
        ("Sykefravær", "10,4", "%", "Mål 9,0 · i fjor 11,0", "far", (0.9, 0.5), 0.1),
        ("Medarbeidersamtaler holdt", "88", "%", "Mål 95 · i fjor 71", "near", (0.1, 0.8), 1.0),
        ("Ansatte i heltid", "54", "%", "Mål 60 · i fjor 49", "near", (0.2, 0.6), 0.9),
        ("Mestringsklima", "4,2", "", "Mål 4,0 · i fjor 4,0", "reached", (0.1, 0.9), 0.5),
        ("Ufrivillig deltid", "14", "%", "Mål 10 · i fjor 19", "near", (0.9, 0.4), 0.1),
        ("Opplæring, timer per årsverk", "17,1", "", "Mål 16,0 · i fjor 15,2", "reached", (0.2, 0.9), 0.8),
        ("Vold og trusler, meldinger", "62", "", "Per 1 000 årsverk · mål 50", "far", (0.5, 0.7), 0.1),
        ("Nyansatte som sluttet første år", "", "", "", "hidden", (0.9, 0.1), 0.3),
        ("Fagbrev eller høyere", "82", "%", "Mål 85 · i fjor 80", "near", (0.2, 0.7), 0.9),
    ]
    parts = [
        ("1. etasje, somatikk", "Marit Lund", "34", "23,8", 9.1),
        ("2. etasje, somatikk", "Yusuf Ali", "36", "24,6", 11.8),
        ("Demensavdeling", "Ida Strøm", "30", "21,2", 12.2),
        ("Korttid og rehabilitering", "Henrik Lund", "20", "14,9", 8.4),
        ("Administrasjon", "Solveig Aas", "6", "3,2", None),
    ]  # fmt: skip
    ages = [("Under 30", 35, 25), ("30–39", 34, 24), ("40–49", 30, 21), ("50–61", 31, 22), ("62 og over", 10, 7)]
    return {
        "figures": [
            {
                "name": name, "url": "#", "value": value, "unit": unit, "note": note, "status": status,
                "reason": "Skjult for å verne en liten gruppe.",
                "spark": charts.sparkline(_wave(*shape, 12, 0.08, chance.random()), target=goal, label=f"{name}, siste tre år"),
            }
            for name, value, unit, note, status, shape, goal in figures
        ],
        "columns": [
            {"label": "Avdeling og leder"}, {"label": "Ansatte", "numeric": True}, {"label": "Årsverk", "numeric": True, "wide_only": True},
            {"label": "Sykefravær", "numeric": True}, {"label": "", "wide_only": True},
        ],
        "rows": [
            {
                "cells": [
                    {"value": name, "url": "#", "note": leader}, {"value": people, "numeric": True},
                    {"value": years, "numeric": True, "wide_only": True},
                    {"value": percent(value), "numeric": True} if value else {"hidden": "Skjult: færre enn 10", "shape_only": True, "numeric": True},
                    {"svg": charts.bar(value, largest=15, mark=9.0, track=True, height=6), "wide_only": True} if value else {"value": "", "wide_only": True},
                ]
            }
            for name, leader, people, years, value in parts
        ],
        "foot": {
            "cells": [
                {"value": "Bjerkelia sykehjem"}, {"value": "140", "numeric": True}, {"value": "96,4", "numeric": True, "wide_only": True},
                {"value": "10,4 %", "numeric": True},
                {"svg": charts.bar(10.4, largest=15, mark=9.0, track=True, height=6), "wide_only": True},
            ]
        },
        "ages": [
            {"name": name, "svg": charts.bar(share, largest=30, mark=22, pale=bool(index)), "value": count, "share": f"{share}\u00a0%"}
            for index, (name, count, share) in enumerate(ages)
        ],
        "deadlines": [
            {"when": "I morgen", "date": "mandag 23. nov.", "soon": True, "what": "Oppfølgingsplan for en ansatt",
             "note": "Lovens frist er 4 uker. Planen er påbegynt.", "action": {"label": "Fortsett", "url": "#", "primary": True}},
            {"when": "Fredag", "date": "27. nov.", "what": "Drøft ny turnus med tillitsvalgt Tor Bakke",
             "note": "Referatet legges på saken.", "action": {"label": "Åpne saken", "url": "#"}},
        ],
        "service": [
            {"label": "Pårørende som er fornøyde", "value": "4,9", "note": "av 6, mål 4,8"},
            {"label": "Kostnad per plass og døgn", "value": number(3412), "note": "kr, snitt 3 380"},
            {"label": "Plasser i bruk", "value": "98 %", "note": "71 av 72"},
        ],
        "actions": [
            {"label": "Nærværsteam med tillitsvalgt", "url": "#", "note": "Sykefravær, frist 31. desember 2026", "tag": {"word": "Pågår", "tone": "own"}},
            {"label": "Trygg på jobb: øvelser mot vold", "url": "#", "note": "Vold og trusler, frist 1. november 2026", "status": "far", "word": "3 uker over fristen"},
        ],
        "contract": [
            {"label": "Sykefravær under 9,0 %", "value": "10,4 %", "status": "far"},
            {"label": "Samtaler med minst 95 %", "value": "88 %", "status": "near"},
            {"label": "Mestringsklima 4,0 eller mer", "value": "4,2", "status": "reached"},
        ],
        "people": [
            {"name": "Marit Lund", "url": "#", "title": "Avdelingsleder", "unit": "1. etasje, somatikk", "unit_url": "#", "contact": "marit.lund@example.org"},
            {"name": "Jonas Haugen", "url": "#", "title": "Helsefagarbeider", "unit": "Demensavdeling", "unit_url": "#", "contact": "jonas.haugen@example.org"},
        ],
    }  # fmt: skip


_HOME: dict[str, Any] = {
    "rows": [
        {"title": "Si hva du mener om jobben", "url": "#", "icon": "chat", "tone": "lilac",
         "text": "Seks minutter, åpent til 13. november. Ingen kan finne ut hva du svarer."},
        {"title": "Forny kurset i legemidler", "url": "#", "icon": "pill-circle-rectangle", "tone": "peach",
         "text": "Beviset ditt går ut 15. januar. Tre kursdager har ledig plass."},
        {"title": "100 % stilling der du jobber", "url": "#", "icon": "briefcase", "tone": "mint",
         "text": "Du har bedt om mer enn 80 %. Du kan ha rett til å få den. Frist 16. november."},
    ],
    "mine": [
        {"title": "Lære opp to nye kolleger", "text": "Gjort i mai", "done": True},
        {"title": "Bli med i fagnettverket for demens", "text": "I gang. To av fire samlinger"},
    ],
    "theirs": [{"title": "Sette av fire studiedager", "text": "I gang. To dager er brukt"}],
    "skills": [
        {"title": "Demensomsorg", "aside": "Kan lære bort"},
        {"title": "Lindrende pleie", "aside": "Klarer selv"},
        {"title": "Legemidler", "tag": {"tone": "warn", "word": "Til 15. januar", "icon": "clock"}},
    ],
}  # fmt: skip

_WHO: dict[str, Any] = {
    "looks": [
        {"name": "Solveig Moe", "role": "lederen din", "what": "åpnet avtalen din", "reason": "Grunn: forberede samtalen 11. november",
         "time": "Onsdag 28. oktober kl. 09.12"},
        {"name": "Mette Hagen", "role": "HR-rådgiver", "what": "så sykefraværet ditt",
         "reason": "Grunn: tilrettelegging etter sykmelding, sak 26/1184", "time": "Tirsdag 6. oktober kl. 14.40", "tone": "mint"},
    ],
    "sick": [
        {"who": "Solveig Moe, lederen din", "why": "For å følge deg opp når du er syk. Loven krever det."},
        {"who": "Mette Hagen, HR-rådgiver", "why": "Bare når du har en sak hun arbeider med."},
        {"who": "Lønnskontoret", "why": "Bare dager og prosent, for å betale deg riktig."},
    ],
    "rights": [
        {"title": "Last ned alt om meg", "url": "#", "icon": "download", "text": "Du får en fil du kan lese, innen et døgn."},
        {"title": "Si fra om noe er feil", "url": "#", "icon": "pencil", "text": "Vi svarer deg innen en måned."},
    ],
}  # fmt: skip


def _leader() -> dict[str, Any]:
    moved = [
        ("Sykefravær i oktober", "8,9 %", (0.7, 0.2), "Ned fra 9,8 % i oktober i fjor. Det er korttidsfraværet som har gått ned."),
        ("Jobber heltid", "43 %", (0.1, 0.9), "Opp fra 39 % i fjor. Seks flere har fått hel stilling."),
        ("Har sluttet siste år", "11 %", (0.2, 0.8), "Opp fra 9 %. Forskjellen er så liten at den kan være tilfeldig."),
    ]
    shares = [("Avtale signert av begge", 81), ("Holdt, venter på signatur", 15), ("Har fått tidspunkt", 22), ("Uten tidspunkt", 14)]
    return {
        "moved": [
            {"name": name, "value": value, "text": text, "url": "#", "spark": charts.sparkline(_wave(*shape, 12, 0.06), label="")}
            for name, value, shape, text in moved
        ],
        "share_bar": charts.share_bar(
            [charts.Segment(value, f"--seg-{index}") for index, (_, value) in enumerate(shares, start=1)],
            label="81 av 132 har signert avtale",
        ),
        "share_rows": [{"colour": index, "label": label, "value": value} for index, (label, value) in enumerate(shares, start=1)],
        "dates": [
            {"title": "Avklar rett til større stilling", "url": "#", "text": "To deltidsansatte har bedt om mer.", "tone": "peach",
             "date": {"weekday": "tor.", "day": "26", "month": "nov."}},
            {"title": "Signer fem avtaler", "url": "#", "text": "De ansatte har signert. Det tar to minutter.",
             "date": {"weekday": "fre.", "day": "27", "month": "nov."}},
        ],
    }  # fmt: skip


def _accounts() -> dict[str, Any]:
    groups = [
        charts.DotGroup("Barnehage", 10800), charts.DotGroup("Skole", 14200), charts.DotGroup("Helse og omsorg", 15100),
        charts.DotGroup("Velferd og barnevern", 4300), charts.DotGroup("By, vann og miljø", 3800),
        charts.DotGroup("Kultur og bibliotek", 1400), charts.DotGroup("Ledelse og fellestjenester", 2800),
    ]  # fmt: skip
    services = [("Sykehjem", 9.4, 10.0), ("Barnehager", 11.6, 11.3), ("Hjemmetjeneste", 11.2, 10.9), ("Skoler", 6.8, 7.3), ("Barnevern", 8.9, 8.6), ("Administrasjon", 4.7, 5.2)]
    panels = [charts.Panel(name, _wave(start, end, 5, 0.3), number(end, 1)) for name, start, end in services]
    rows = [
        charts.DumbbellRow("Hjemmetjeneste", 58, "58 %", 46), charts.DumbbellRow("Sykehjem", 49, "49 %", 41),
        charts.DumbbellRow("Barnehager", 74, "74 %", 71), charts.DumbbellRow("Skoler", 78, "78 %", 76), charts.DumbbellRow("Barnevern", 90, "90 %", 88),
    ]  # fmt: skip
    shared = {"label": "Andel i hel stilling i fem tjenester, 2021 og 2025", "target": 68.0, "target_label": "Mål 68 %"}
    small = {"whole": [8.4, 8.6, 8.7, 8.4, 8.2], "first": "2021", "last": "2025", "label": "Sykefravær i seks tjenester, 2021 til 2025"}
    return {
        "cover": charts.dot_cover(groups, people_per_dot=100, width=640, label="Hver prikk er 100 ansatte, farget etter tjeneste"),
        "legend": [{"name": group.name, "number": number(group.people)} for group in groups],
        "links": [{"label": "Les som PDF (2,1 MB)", "url": "#"}, {"label": "Tallene i regneark", "url": "#"}, {"label": "Åpne data", "url": "#"}],
        "facts": [
            {"label": "Fastsatt", "value": "12. mars 2026"}, {"label": "Tall per", "value": "31. desember 2025"},
            {"label": "Utgave", "value": "1.0", "note": "ingen rettelser"}, {"label": "Tall i regnskapet", "value": "318", "note": "alle kan spores til kilden"},
        ],
        "contents": [
            {"number": 1, "title": "Organisasjonskultur", "finding": "Flere nyansatte får en ordentlig start", "url": "#", "page": 8},
            {"number": 2, "title": "Ledelse", "finding": "Nesten alle ledere har kontrakt, få har etterfølger", "url": "#", "page": 14},
            {"number": 3, "title": "Medarbeidere og arbeidsmiljø", "finding": "Sykefraværet falt for andre år på rad", "url": "#", "page": 22},
        ],
        "chapters": [
            {"number": 1, "label": "Organisasjonskultur", "url": "#"}, {"number": 2, "label": "Ledelse", "url": "#"},
            {"number": 3, "label": "Medarbeidere og arbeidsmiljø", "url": "#", "current": True}, {"number": 4, "label": "Avtaler og regelverk", "url": "#"},
        ],
        "key_figures": [
            {"value": "8,7", "unit": "%", "text": "sykefravær i 2025, mot 8,9 året før. Målet var 8,2.", "label": "Tall 3.1", "url": "#"},
            {"value": "69,8", "unit": "%", "text": "i hel stilling, mot 67,5 året før. Målet var 68.", "label": "Tall 3.4", "url": "#"},
            {"value": "12,4", "unit": "%", "text": "av de spurte på deltid vil ha større stilling. Målet var 11.", "label": "Tall 3.6", "url": "#"},
        ],
        "panels_wide": charts.small_multiples(panels, width=912, **small),
        "panels_narrow": charts.small_multiples(panels, width=358, columns=2, **small),
        "dumbbells_wide": charts.dumbbells(rows, width=912, **shared),
        "dumbbells_narrow": charts.dumbbells(rows, width=358, **shared),
        "pay_columns": [
            {"label": "Stillingsnivå"}, {"label": "Kvinner", "numeric": True, "wide_only": True}, {"label": "Menn", "numeric": True, "wide_only": True},
            {"label": "Grunnlønn", "numeric": True}, {"label": "Samlet lønn", "numeric": True}, {"label": "Samlet lønn, 92–100", "wide_only": True},
        ],
        "pay_rows": [
            {
                "cells": [
                    {"value": name}, {"value": women, "numeric": True, "wide_only": True}, {"value": men, "numeric": True, "wide_only": True},
                    {"value": percent(base), "numeric": True, "strong": True}, {"value": percent(total), "numeric": True},
                    {"svg": charts.range_dots(100, total, low=92, high=100), "wide_only": True},
                ]
            }
            for name, women, men, base, total in (("Toppledere", 31, 24, 98.9, 98.1), ("Lærere", "8 020", "3 110", 99.6, 99.1), ("Ingeniører", 610, "1 120", 96.2, 95.1))
        ],
    }  # fmt: skip
