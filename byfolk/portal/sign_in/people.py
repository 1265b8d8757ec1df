"""Finding whom a sign-in is about. It runs as the login role, which reads no personal data: two functions of the
database answer.
"""

from __future__ import annotations

from django.db import connection

from byfolk.kernel.access.models import User


def known_person(by: str, told: str) -> int | None:
    """The person whose employee number or e-mail (`by`: "employee_number" or "email") is `told`; None unless it is
    exactly one.
    """
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_known_person(%s, %s)", [by, told])
        return cursor.fetchone()[0]


def may_come_in(person_id: int | None) -> bool:
    """Whether the person works here today or holds a role."""
    if person_id is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute("select byfolk_actor(%s) is not null", [person_id])
        return bool(cursor.fetchone()[0])


def user_of(person_id: int, username: str) -> User:
    """The person's user; one without a password is made where there is none."""
    user = User.objects.filter(person_id=person_id).first()
    return user or User.objects.create_user(username, person_id=person_id)
