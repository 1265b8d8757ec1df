"""A whole campaign in a database of its own, by way of the pages: each votes right after collecting, which is as bad as
it gets. What the attackers see is written to a file, with the truth beside it.
"""

from __future__ import annotations

import base64
import json
import secrets
import sys
import time
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

VOTERS, SLIPS = 40, 30


def play(target: str) -> None:
    """Let a campaign run and close, and write what can be seen before it opened, before the close, after, and with its
    result.
    """
    from byfolk.config.database_setup import start_django

    start_django()
    # Pages are drawn here, where the look may not be built.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from byfolk.engines.questionnaires.ballots.paper_codes import paper_digest, read_code
    from byfolk.engines.questionnaires.campaigns.closing import close
    from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
    from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Stage
    from byfolk.engines.questionnaires.results.computing import compute
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now
    from tests.engines.questionnaires.rounds import campaign

    _take_email_from(SLIPS)
    with acting_as_worker(why="test"):
        number = campaign(unit="210", stage=Stage.SCHEDULED).pk
        Campaign.objects.filter(pk=number).update(paper=True)
    assert open_what_is_due(now()) == 1
    with acting_as_worker(why="test"):
        made = Campaign.objects.select_related("version").get(pk=number)
        on_screen = Invitation.objects.filter(campaign=made, paper=False)
        invited = list(on_screen.values_list("person", "group", "group__public_key"))
    secrets.SystemRandom().shuffle(invited)
    voters = [(person, group, bytes(key), _client(person)) for person, group, key in invited[:VOTERS]]
    codes = _draw()
    secrets.SystemRandom().shuffle(codes)
    opened = _everything()
    truth = {person: _vote(made, group, key, client) for person, group, key, client in voters}
    slips = {paper_digest(read_code(code)).hex(): _answer(made, code) for code in codes}
    voted = _everything()
    assert close(number, now())
    closed = _everything()
    assert compute(number, now())
    told = {
        "truth": truth,
        "slips": slips,
        "codes": codes,
        "campaign": number,
        "opened": opened,
        "voted": voted,
        "closed": closed,
        "computed": _everything(),
    }
    with open(target, "w", encoding="utf-8") as file:
        json.dump(told, file)


def _take_email_from(number: int) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """update people_person set work_email = '' where id in (
                   select e.person_id from people_employment e
                     join organisation_closure c on c.descendant_id = e.unit_id
                     join organisation_unit u on u.id = c.ancestor_id and u.code = '210'
                    where e.main and e.valid @> current_date
                      and not exists (select from organisation_leadership l where l.person_id = e.person_id)
                    order by e.person_id limit %s)""",
            [number],
        )


def _draw() -> list[str]:
    """Every pile of the campaign, made by the HR director."""
    from byfolk.demo.cast import CAST
    from byfolk.engines.questionnaires.ballots.piles import draw_pile, piles
    from byfolk.engines.questionnaires.campaigns.models import Group
    from byfolk.kernel.access.acting import acting

    with connections["owner"].cursor() as cursor:
        cursor.execute("select id from people_person where employee_number = %s", [CAST["kari"].employee_number])
        kari = cursor.fetchone()[0]
    with acting(kari) as actor:
        groups = [pile.group_id for pile in piles(actor)]
        return [code for group in groups for code in draw_pile(actor=actor, group=Group.objects.get(pk=group))]


def _answer(made: Any, code: str) -> str:
    """Hand in with a code from a slip, as nobody."""
    mark = _mark()
    sent = {"kode": code, "digest": made.version.digest, "ord": mark}
    answer = Client(headers={"host": "localhost"}).post(reverse("hand_in_by_code"), sent)
    assert "Takk. Svarene dine er levert." in answer.content.decode()
    return mark


def _mark() -> str:
    """A word that nobody else writes, and that nothing takes for a name or a number."""
    return "".join(secrets.choice("bdfgklmnprstv") + secrets.choice("aeiouy") for _place in range(10))


def _client(person: int) -> Client:
    from byfolk.kernel.access.models import User

    with connections["owner"].cursor() as cursor:
        cursor.execute("select employee_number from people_person where id = %s", [person])
        number = cursor.fetchone()[0]
    user = User.objects.filter(person=person).first() or User.objects.create(
        username=f"voter-{number}", person_id=person
    )
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "demo", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def _vote(made: Any, group: int, key: bytes, client: Client) -> str:
    """Collect as oneself and hand in as nobody; what was written is the mark that the truth is known by."""
    from tests.engines.questionnaires.voter import new_ballot

    ballot = new_ballot(key)
    blinded = {"blinded": base64.b64encode(ballot.message).decode()}
    signed = client.post(reverse("collect_ballot", args=[made.pk]), blinded, content_type="application/json").json()
    signature, mark = ballot.finish(base64.b64decode(signed["signature"])), _mark()
    sent = {
        "group": signed["group"], "message": base64.b64encode(ballot.prepared_message).decode(),
        "signature": base64.b64encode(signature).decode(), "digest": made.version.digest, "answers": {"ord": mark},
    }  # fmt: skip
    nobody = Client(headers={"host": "localhost"})
    done = nobody.post(reverse("hand_in", args=[made.pk]), sent, content_type="application/json")
    assert done.json() == {"state": "accepted"}
    return mark


def _everything() -> dict[str, Any]:
    """Every row of every table in the order in which it lies, with the transaction that wrote it, and every counter."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
        tables = sorted(name for (name,) in cursor.fetchall())
        rows = {}
        for table in tables:
            hidden = "ctid::text, xmin::text, cmin::text, xmax::text"
            cursor.execute(f'select {hidden}, row_to_json(t)::text from "{table}" t order by ctid')
            rows[table] = cursor.fetchall()
        cursor.execute("select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1")
        counters = dict(cursor.fetchall())
    return {"rows": rows, "counters": counters}


if __name__ == "__main__":
    play(sys.argv[1])
