from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class RejectLargeUploads(FileUploadHandler):
    """Keeps nothing of a file that is larger than any form takes, so that the form can say so.

    The form gets a file of that name and size without content.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= settings.LARGEST_FILE else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= settings.LARGEST_FILE:
            return None  # the next handler has it
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size)
