"""The address of the auditor's log."""

from django.urls import path

from byfolk.portal.audit.views import reads

urlpatterns = [path("", reads, name="audit_reads")]
