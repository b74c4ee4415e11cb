from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from blog.models import TopicPage
from clinic_site.demo.clinic import create_clinic
from clinic_site.demo.conversation import create_comments
from clinic_site.demo.pages import create_pages
from clinic_site.demo.staff import create_accounts


class Command(BaseCommand):
    help = "Fills an empty site with the demo clinic. A site that has content is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        accounts = settings.VAR_DIR / "demo-accounts.txt"
        if not TopicPage.objects.exists():
            with transaction.atomic():
                create_clinic()
                create_accounts(accounts)
                create_comments(create_pages())
        self.stdout.write(f"The site: {settings.BASE_URL}/   Staff: {settings.BASE_URL}/admin/")
        if accounts.exists():
            self.stdout.write(f"\nDemo accounts (kept in {accounts}):\n{accounts.read_text()}")
