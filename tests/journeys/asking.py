"""A campaign on the site's database, opened in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from tests import server


def open_campaign(database: str, *, unit: str, mode: str = "anonymous", content: str = "CONTENT") -> int:
    """Open a campaign of everybody in a unit and answer its number. `content`: "CONTENT", "EVERY_KIND" or "FORTY"."""
    code = f"from tests.journeys.asking import opened_here; print(opened_here({unit!r}, {mode!r}, {content!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=server.environment_for(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(done.stdout.split()[-1])


def slips_of_paper(database: str) -> tuple[int, list[str]]:
    """Open a campaign with codes on paper, and answer its number and the codes of one pile."""
    code = "from tests.journeys.asking import on_paper_here; print(on_paper_here())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=server.environment_for(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    number, *codes = done.stdout.strip().splitlines()[-1].split("|")
    return int(number), codes


def address_for_all(database: str) -> tuple[int, str]:
    """Open a campaign that anyone may answer, and answer its number and one of its addresses."""
    code = "from tests.journeys.asking import for_all_here; print(for_all_here())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=server.environment_for(database),
        stdout=subprocess.PIPE,
        text=True,
    )
    number, word = done.stdout.strip().splitlines()[-1].split("|")
    return int(number), f"/svar/{word}/"


def close_campaign(database: str, number: int) -> None:
    """Close it."""
    code = f"from tests.journeys.asking import closed_here; closed_here({number})"
    subprocess.run([sys.executable, "-c", code], check=True, env=server.environment_for(database))


def opened_here(unit: str, mode: str, content: str) -> int:
    """Open one in the database that the environment names."""
    from byfolk.config.database_setup import start_django

    start_django()
    from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
    from byfolk.engines.questionnaires.campaigns.models import Mode, Stage
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.every_kind import EVERY_KIND, FORTY
    from tests.engines.questionnaires.rounds import CONTENT, campaign

    asked = {"CONTENT": CONTENT, "EVERY_KIND": EVERY_KIND, "FORTY": FORTY}[content]
    code = f"slik-har-vi-det-{now():%H%M%S%f}"
    with acting_as_worker(why="test"):
        made = campaign(mode=Mode(mode), unit=unit, stage=Stage.SCHEDULED, code=code, content=asked)
    assert open_what_is_due(now()) == 1
    return made.pk


def on_paper_here() -> str:
    """The same in the database that the environment names: "number|code|code"."""
    from byfolk.config.database_setup import start_django

    start_django()
    from django.conf import settings
    from django.db import connection

    from byfolk.demo.cast import CAST
    from byfolk.kernel.people.models import Person
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.piles_of_codes import drawn, opened_on_paper

    # Made as the owner, who may write people; the pile is made by the HR director.
    connection.settings_dict |= settings.DATABASES["owner"]
    made, group = opened_on_paper(code=f"slik-paa-papir-{now():%H%M%S%f}")
    kari = Person.objects.get(employee_number=CAST["kari"].employee_number)
    return "|".join([str(made.pk), *drawn(group, kari.pk)])


def for_all_here() -> str:
    """The same in the database that the environment names: "number|word"."""
    from byfolk.config.database_setup import start_django

    start_django()
    from django.conf import settings
    from django.db import connection

    from byfolk.kernel.time import now
    from tests.engines.questionnaires.open_links import opened_to_all

    # Made as the owner, who may write what only background work does.
    connection.settings_dict |= settings.DATABASES["owner"]
    made, groups = opened_to_all(code=f"slik-for-alle-{now():%H%M%S%f}")
    return f"{made.pk}|{groups[0].word}"


def closed_here(number: int) -> None:
    """Close one in the database that the environment names."""
    from byfolk.config.database_setup import start_django

    start_django()
    from byfolk.engines.questionnaires.campaigns.closing import close
    from byfolk.kernel.time import now

    assert close(number, now())
