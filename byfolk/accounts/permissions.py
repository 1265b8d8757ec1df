"""The accounts are open to all who work here: they hold published figures only."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Statement

STATEMENT = Statement(permissions=(Permission("accounts.read", _("Lese personalregnskapet"), everyone=True),))
