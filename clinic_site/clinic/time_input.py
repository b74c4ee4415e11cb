"""A time of day as it is typed in the admin."""

from typing import Any

from django import forms


class BrowserTimeInput(forms.TimeInput):
    """The browser's own field: Wagtail's takes "8 am" for the present time."""

    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)
