"""Who saw the rows of one person, whatever app they are of."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from clinic_site.access_log.models import AccessLine, AccessLineQuerySet
from clinic_site.access_log.reading import RecordKey, Subject
from clinic_site.access_log.views import LinesMixin
from clinic_site.data_requests.finding import numbered
from clinic_site.data_requests.views import ChosenView


class WhoSawThemView(LinesMixin, ChosenView):
    page_title = _("Who saw this person’s data")
    lead = _("Everyone who was shown one of the records you chose, and on which screen.")
    http_method_names = ["get", "head"]

    def lines(self) -> AccessLineQuerySet:
        records: dict[str, set[int]] = defaultdict(set)
        for finding in self.findings:
            for table, numbers in finding.table.seen_as(finding.row).items():
                records[table].update(numbers)
        return AccessLine.objects.about(records)

    def subjects(self, lines: list[AccessLine]) -> Mapping[RecordKey, Subject]:
        return {
            key: Subject(f"{finding.table.title}: {finding.summary.title}")
            for finding in self.findings
            for key in numbered([finding])
        }
