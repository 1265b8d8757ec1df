"""The one place where the API is put together: every app's operations, under /api/v1/."""

from __future__ import annotations

from ninja import NinjaAPI

from byfolk.accounts import api as accounts
from byfolk.engines.goals import api as goals
from byfolk.engines.indicators import api as indicators
from byfolk.kernel.api.problems import handle_in
from byfolk.portal.organisation import api as organisation

START = "/api/v1/"

API = NinjaAPI(title="Byfolk", version="1", openapi_url=None, docs_url=None, urls_namespace="api")
"""Its addresses are mounted by `urls`, each behind its door."""

for _app in (organisation, indicators, goals, accounts):
    API.add_router("/public", _app.public)
for _app in (organisation, indicators, goals, accounts):
    API.add_router("", _app.signed_in)
handle_in(API)
