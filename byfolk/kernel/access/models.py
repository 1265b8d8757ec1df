"""Who signs in, and what they have been granted."""

from __future__ import annotations

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.rights import ROLE_TITLES, Role


class UserManager(BaseUserManager["User"]):
    """Makes users. Sign-in names are kept in lower case."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """Make a user who signs in as `username`; without a password only single sign-on works."""
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A sign-in. It says who the person is and nothing about them: `person` is None for an outside applicant."""

    username = models.TextField(unique=True)
    email = models.EmailField(blank=True, default="")
    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="+", db_constraint=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.username


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), level=pghistory.Statement)
class Grant(models.Model):
    """A person holds a role for a unit and all below it, in a period. The leader's own grant follows from
    `Leadership`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.TextField(choices=[(role.value, ROLE_TITLES[role]) for role in Role if role is not Role.LEADER])
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="grants")
    valid = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["person"])]
        constraints = [
            models.CheckConstraint(condition=~Q(role="leader"), name="leading_is_never_granted"),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="grant_starts_before_it_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.unit_id}"


class SeenBy(models.Model):
    """The statements' data kinds by role, copied here by `policies.apply` so that the database functions can join
    them.
    """

    kind = models.TextField()
    role = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "role"], name="kind_and_role_once")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.role}"
