from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from blog.models import ArticlePage, TopicPage
from booking.models import Service
from clinic_site.demo.clinic import create_clinic
from clinic_site.demo.conversation import create_comments
from clinic_site.demo.pages import create_pages, make_pictures
from clinic_site.demo.staff import create_accounts
from clinic_site.models import Location, Person


class Command(BaseCommand):
    help = "Fills an empty site with the demo clinic. A site with anything in it is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.VAR_DIR / "demo-accounts.txt"
        if is_empty():
            make_pictures(load(file))
        self.stdout.write(f"The site: {settings.BASE_URL}/   Staff: {settings.BASE_URL}/admin/")
        if file.exists():
            self.stdout.write(f"\nDemo accounts (kept in {file}):\n{file.read_text()}")


def is_empty() -> bool:
    """Tell whether nobody has begun to set this site up."""
    begun = (Location, Person, Service, TopicPage, get_user_model())
    return not any(model.objects.exists() for model in begun)


def load(file: Path) -> ArticlePage:
    with transaction.atomic():
        create_clinic()
        accounts = create_accounts()
        article = create_pages()
        create_comments(article)
    file.touch(mode=0o600)
    file.write_text(accounts, encoding="utf-8")
    return article
