"""What the server refuses before the site sees it."""

from django.conf import settings
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.utilities import BadRequest, Error, RequestEntityTooLarge

LONGEST_LINE = 8190  # bytes, of the method, the address and the version
LARGEST_HEADER = 32 * 1024  # bytes, that line included


class UriTooLong(Error):
    code = 414
    reason = "URI Too Long"


class Request(HTTPRequestParser):
    """One request as it comes in, headers and body; whole before a thread sees it."""

    completed: bool
    error: Error | None

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.is_checked = False
        self.largest_body = settings.LARGEST_BODY

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.headers_finished and not self.is_checked:
            self.is_checked = True
            self.error = self.error or self._problem()
        if not self.error and self.body_bytes_received > self.largest_body:
            self.error = RequestEntityTooLarge("")
        self.completed = self.completed or self.error is not None
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # Python reads no number of more than 4300 digits
            raise ParsingError("Content-Length is invalid") from error

    def _problem(self) -> Error | None:
        if self.empty:
            return None
        if len(self.first_line) > LONGEST_LINE:
            return UriTooLong("")
        # A length told in two ways, or in a way that HTTP/1.0 does not know: whoever stands in
        # front might take another one for the end of this request than we do.
        if "TRANSFER_ENCODING" in self.headers or (
            self.chunked and "CONTENT_LENGTH" in self.headers
        ):
            return BadRequest("")
        self.largest_body = self._largest_body()
        if self.content_length > self.largest_body:
            return RequestEntityTooLarge("")
        # RFC 9112, section 3.2; before 1.1 a request needs none.
        if self.version == "1.1" and "HOST" not in self.headers:
            return BadRequest("")
        return None

    def _largest_body(self) -> int:
        """More of staff, as in `clinic_site.http.csrf`, whose forms say which file is too large."""
        signed_in = f"{settings.SESSION_COOKIE_NAME}=" in self.headers.get("COOKIE", "")
        staff = signed_in and self.path.startswith("/admin/")
        return settings.LARGEST_STAFF_BODY if staff else settings.LARGEST_BODY
