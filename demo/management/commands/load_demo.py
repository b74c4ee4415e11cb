from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from blog.models import TopicPage
from blog.related import relate_articles
from booking.models import Service
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.images.renditions import make_due_renditions
from demo.appointments import create_calendar
from demo.clinic import create_clinic
from demo.comments import create_comments
from demo.pages import create_pages
from demo.past_months import create_past_months
from demo.removing.recording import Recording
from demo.staff import create_accounts
from demo.waiting_list import create_waiting_list


class Command(BaseCommand):
    help = "Fills an empty site with the demo clinic. A site with anything in it is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.VAR_DIR / "demo-accounts.txt"
        if is_empty():
            load(file)
            # The first readers see the first article at its best; the worker makes the rest.
            make_due_renditions(timezone.now(), limit=4)
        self.stdout.write(f"The site: {settings.BASE_URL}/   Staff: {settings.BASE_URL}/admin/")
        if file.exists():
            self.stdout.write(f"\nDemo accounts (kept in {file}):\n{file.read_text()}")


def is_empty() -> bool:
    """Tell whether nobody has begun to set this site up."""
    begun = (Location, Person, Service, TopicPage, get_user_model())
    return not any(model.objects.exists() for model in begun)


def load(file: Path) -> None:
    with transaction.atomic():
        recording = Recording()
        create_clinic()
        accounts = create_accounts()
        create_pages()
        create_comments()
        relate_articles(timezone.now())
        create_calendar()
        create_waiting_list()
        create_past_months()
        recording.note()
    file.touch(mode=0o600)
    file.write_text(accounts, encoding="utf-8")
