"""The booking form: one request, asked for in steps, that lives in the page alone."""

from booking.forms.booking import BookingForm
from booking.forms.steps import FIELDS, Step

__all__ = ["FIELDS", "BookingForm", "Step"]
