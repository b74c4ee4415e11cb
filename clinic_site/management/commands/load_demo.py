from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import RequestFactory

from blog.models import ArticlePage, TopicPage
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
                article = create_pages()
                create_comments(article)
            show_once(article)
        self.stdout.write(f"The site: {settings.BASE_URL}/   Staff: {settings.BASE_URL}/admin/")
        if accounts.exists():
            self.stdout.write(f"\nDemo accounts (kept in {accounts}):\n{accounts.read_text()}")


def show_once(article: ArticlePage) -> None:
    """Make the article's pictures now, so that its first reader does not wait for them."""
    request = RequestFactory(SERVER_NAME=urlsplit(settings.BASE_URL).hostname).get(article.url)
    article.serve(request).render()
