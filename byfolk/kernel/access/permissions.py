"""Sign-in and grants. Who holds which role is open: a person must be able to see who may see them."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Role, Statement, WriteRule

STATEMENT = Statement(
    permissions=(
        Permission("sign_in", _("Logge inn"), public=True),
        Permission("open_data.read", _("Lese åpne data"), public=True),
        Permission("home.see", _("Se sin egen forside"), everyone=True),
        Permission("installation.start", _("Sette i gang Byfolk"), roles=(Role.ADMINISTRATOR,)),
        Permission("grants.manage", _("Gi og ta bort roller"), roles=(Role.ADMINISTRATOR,)),
        Permission(
            "grants.history", _("Se hvem som har gitt og tatt bort roller"), roles=(Role.ADMINISTRATOR, Role.AUDITOR)
        ),
    ),
    open_tables=("access_grant", "access_seenby"),
    sign_in_tables=(
        "access_user",
        "access_cache",
        "django_session",
        "django_migrations",
        "django_content_type",
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "socialaccount_socialaccount",
        "socialaccount_socialapp",
        "socialaccount_socialtoken",
    ),
    work_tables=(
        "access_grantevent",
        # Django's own permissions are not used; the queue is reached by way of `byfolk_defer`.
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "procrastinate_events",
        "procrastinate_jobs",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    ),
    writes=(WriteRule("access_grant", roles=(Role.ADMINISTRATOR,), unit="unit_id"),),
)
