"""The beginning of an installation: the municipality, the top of its organisation, and someone who may do the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password

from byfolk.kernel.access.models import Grant, User
from byfolk.kernel.organisation.models import Level, Municipality, Placement, Unit
from byfolk.kernel.organisation.tree import rebuild_closure
from byfolk.kernel.people.models import Person
from byfolk.kernel.rights import Role


@dataclass(frozen=True)
class Administrator:
    """Who the first administrator is. The employee number is also the name to sign in with."""

    employee_number: str
    given_name: str
    family_name: str
    email: str
    password: str


def has_begun() -> bool:
    """Whether there is a municipality already."""
    return Municipality.objects.exists()


def begin(*, municipality: str, root_code: str, administrator: Administrator, on: dt.date) -> User:
    """Make the municipality, the root unit and the first administrator. Run as the background role, in one transaction.

    Raises `ValidationError` for a weak password, and `IntegrityError` where it has begun already.
    """
    password_owner = User(username=administrator.employee_number, email=administrator.email)
    validate_password(administrator.password, password_owner)
    Municipality.objects.create(id=1, name=municipality)
    root = Unit.objects.create(code=root_code, name_nb=municipality, level=Level.MUNICIPALITY, valid=(on, None))
    Placement.objects.create(unit=root, parent=None, name_nb=municipality, level=Level.MUNICIPALITY, valid=(on, None))
    rebuild_closure()
    person = Person.objects.create(
        employee_number=administrator.employee_number,
        given_name=administrator.given_name,
        family_name=administrator.family_name,
    )
    Grant.objects.create(person=person, role=Role.ADMINISTRATOR.value, unit=root, valid=(on, None))
    return User.objects.create_user(
        administrator.employee_number, administrator.password, email=administrator.email, person=person
    )
