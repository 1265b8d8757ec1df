"""Views that forget everything, for the test that they show nothing all the same."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path

from byfolk.config import urls
from byfolk.kernel.access.doors import door
from byfolk.kernel.people.models import Pay, Person

LIST = engines["django"].from_string("rows:{% for row in rows %} {{ row.pk }}{% endfor %}")


def no_door(request: HttpRequest) -> HttpResponse:
    """No door at all."""
    return HttpResponse(f"rows:{Person.objects.count()}")


@door("portal.open")
def all_pay(request: HttpRequest) -> HttpResponse:
    """An open door before everybody's pay."""
    return HttpResponse("rows:" + " ".join(str(pay.person_id) for pay in Pay.objects.all()))


@door("portal.open")
def rendered_late(request: HttpRequest) -> TemplateResponse:
    """The rows are first asked for when the template is rendered, after the view."""
    return TemplateResponse(request, LIST, {"rows": Person.objects.all()})


@door("portal.open")
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    """The rows are first asked for when the answer is sent, after the middleware."""

    def rows() -> Iterator[str]:
        yield "rows:"
        for row in Person.objects.order_by("pk"):
            yield f" {row.pk}"

    return StreamingHttpResponse(rows())


@door("portal.open")
def breaks(request: HttpRequest) -> HttpResponse:
    """An error in the middle."""
    raise RuntimeError("as views do")


@door("portal.open")
def breaks_the_transaction(request: HttpRequest) -> HttpResponse:
    """A database error that the view swallows."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("select 1/0")
        except Exception:
            return HttpResponse("swallowed")
    return HttpResponse("")


def before_sign_in(request: HttpRequest) -> HttpResponse:
    """A view among the sign-in pages, which run without an actor."""
    return HttpResponse(f"rows:{Person.objects.count()}")


urlpatterns = [
    path("no-door", no_door),
    path("all-pay", all_pay),
    path("late", rendered_late),
    path("streamed", streamed),
    path("breaks", breaks),
    path("breaks-transaction", breaks_the_transaction),
    path("konto/before", before_sign_in),
    path("", include(urls.urlpatterns)),
]
handler404 = urls.handler404
handler500 = urls.handler500
