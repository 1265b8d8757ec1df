"""`byfolk init` and `byfolk invite`: the first administrator, and sign-in for people where there is no single
sign-on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from byfolk.config.cli import say


def _asked(name: str, variable: str, question: str, **options: Any) -> Callable[..., Any]:
    return click.option(name, envvar=variable, prompt=question, help=f"{question} Or set {variable}.", **options)


@click.command()
@_asked("--municipality", "BYFOLK_MUNICIPALITY", "The municipality's name?")
@click.option(
    "--code",
    envvar="BYFOLK_ROOT_CODE",
    default="1",
    show_default=True,
    help="The code of the whole municipality in the organisation file that you will import.",
)
@_asked("--number", "BYFOLK_ADMIN_NUMBER", "Your employee number (you sign in with it)?")
@_asked("--given-name", "BYFOLK_ADMIN_GIVEN_NAME", "Your given name?")
@_asked("--family-name", "BYFOLK_ADMIN_FAMILY_NAME", "Your family name?")
@_asked("--email", "BYFOLK_ADMIN_EMAIL", "Your e-mail?")
@_asked(
    "--password",
    "BYFOLK_ADMIN_PASSWORD",
    "A password (12 characters or more)?",
    hide_input=True,
    confirmation_prompt=True,
)
def init_command(
    municipality: str, code: str, number: str, given_name: str, family_name: str, email: str, password: str
) -> None:
    """Begin: make the municipality and its first administrator, who is then led through the first steps."""
    from byfolk.config.database_setup import prepare

    prepare(say)
    from django.core.exceptions import ValidationError

    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.access.beginning import Administrator, begin, has_begun
    from byfolk.kernel.time import today

    administrator = Administrator(number.strip(), given_name.strip(), family_name.strip(), email.strip(), password)
    try:
        with acting_as_worker(why="byfolk init"):
            if has_begun():
                say("There is a municipality here already: nothing is changed")
                sys.exit(1)
            begin(municipality=municipality.strip(), root_code=code.strip(), administrator=administrator, on=today())
    except ValidationError as error:
        say("The password will not do. " + " ".join(error.messages))
        sys.exit(1)
    say(f"{municipality} is made, and {given_name} {family_name} is its administrator")
    say(f"Next: byfolk serve, and sign in as {number} at /konto/inn/")


@click.command()
@click.argument("number")
@click.option("--email", default="", help="Where a forgotten password's link goes.")
@click.option("--forget-app", is_flag=True, help="Remove the app that gives codes, with its recovery codes.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where Byfolk answers.")
def invite_command(number: str, email: str, forget_app: bool, address: str) -> None:
    """Give the person with employee NUMBER a user, and print the link (three days) where they choose a password."""
    from byfolk.config.database_setup import connect

    connect(say)
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from allauth.mfa.models import Authenticator
    from django.urls import reverse

    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.access.models import User
    from byfolk.kernel.people.models import Person

    with acting_as_worker(why="byfolk invite"):
        person = Person.objects.filter(employee_number=number).first()
        if person is None:
            say(f"Nobody has the employee number {number}")
            sys.exit(1)
        user = User.objects.filter(person=person).first() or User.objects.create_user(number, person=person)
        if email:
            user.email = email
            user.save(update_fields=["email"])
        if forget_app:
            Authenticator.objects.filter(user=user).delete()
    key = default_token_generator.make_token(user)
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    click.echo(address.rstrip("/") + link)
