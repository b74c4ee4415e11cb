"""Who saw a patient: the record, and the visits that are in it."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.desk.patients.record import PatientMixin
from booking.desk.undo import page_of_visit
from booking.models import Appointment, Patient
from clinic_site.access_log.looks import note_looks
from clinic_site.access_log.models import AccessLine, AccessLineQuerySet
from clinic_site.access_log.reading import RecordKey, Subject
from clinic_site.access_log.views import LinesMixin

VISIT, RECORD = Appointment._meta.label_lower, Patient._meta.label_lower


class WhoSawPatientView(LinesMixin, PatientMixin):
    page_title = _("Who saw this patient")
    lead = _("Everyone who was shown this record or one of its visits, and on which screen.")
    http_method_names = ["get", "head"]

    def get_page_subtitle(self) -> str:
        return self.patient.name

    def lines(self) -> AccessLineQuerySet:
        visits = Appointment.objects.of_patient(self.patient).order_by().values("pk")
        return AccessLine.objects.about({RECORD: self.patient.family_ids, VISIT: visits})

    def subjects(self, lines: list[AccessLine]) -> Mapping[RecordKey, Subject]:
        seen = [line.record for line in lines if line.table == VISIT and line.record]
        visits = list(Appointment.objects.filter(pk__in=seen))
        note_looks(visits)
        words, record = gettext("Visit %(reference)s"), Subject(gettext("The record"))
        return {(RECORD, pk): record for pk in self.patient.family_ids} | {
            (VISIT, visit.pk): Subject(words % {"reference": visit}, page_of_visit(visit))
            for visit in visits
        }
