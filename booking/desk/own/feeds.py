"""A practitioner opens a feed of their own calendar, and brings the busy times of another one."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from booking.desk.own.access import OwnMixin
from booking.desk.setup.calendar_feeds import CalendarsView
from booking.models import Practitioner


class OwnFeedsView(OwnMixin, CalendarsView):
    @cached_property
    def practitioner(self) -> Practitioner:
        return get_object_or_404(Practitioner, person__account=self.request.user.pk)
