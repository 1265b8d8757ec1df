"""The floor that pages are compared to: a bare Django page of 50 indexed rows, in the same server, database and run.
Beside it the one that hand-ins are compared to: a bare view that stores one row.
"""

import uuid

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

PAGE = """<!doctype html><html lang="nb"><title>floor</title><table>{% for row in rows %}<tr><td>{{ row.0 }}</td>
<td>{{ row.1 }}</td><td>{{ row.2 }}</td><td>{{ row.3 }}</td></tr>{% endfor %}</table></html>"""


def floor(request: HttpRequest) -> HttpResponse:
    """Fifty cards by an index, in a template, with no frame and no access control."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'byfolk_scoped', false)")
        cursor.execute(
            "select person_id, family_name, given_name, title from people_card order by sort_key, person_id limit 50"
        )
        rows = cursor.fetchall()
        cursor.execute("select set_config('role', 'none', false)")
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}))


@csrf_exempt
def store(request: HttpRequest) -> HttpResponse:
    """One row, kept when it is answered. The table is made by the benchmark."""
    with connection.cursor() as cursor:
        cursor.execute("insert into bench_stored values (%s, %s)", [uuid.uuid4(), request.body.decode()])
    return HttpResponse('{"state": "accepted"}', content_type="application/json")


urlpatterns = [path("static/floor", floor), path("static/store", store), path("", include("byfolk.config.urls"))]
