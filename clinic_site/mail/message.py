"""An email as it is handed to the mail server."""

from email.charset import QP, Charset

from django.core.mail import EmailMultiAlternatives

QUOTED_PRINTABLE = Charset("utf-8")
QUOTED_PRINTABLE.body_encoding = QP


class PortableEmail(EmailMultiAlternatives):
    """An email whose bodies are ASCII on their way, whatever the mail server offers.

    Django sends 8 bit even to a server that never said it takes it. A relay that recodes an email
    breaks its DKIM signature.
    """

    encoding = QUOTED_PRINTABLE
