"""The booking form: one request, asked for in steps, that lives in the page alone."""

from booking.public.forms.booking import BookingForm
from booking.public.forms.steps import FIELDS, Step

__all__ = ["FIELDS", "BookingForm", "Step"]
