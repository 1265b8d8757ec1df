"""A mail server that cannot be reached."""

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Sends nothing."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("nobody there")
