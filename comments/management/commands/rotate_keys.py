from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.privacy.encryption import blind_index
from comments.models import Commenter, same_mailbox


class Command(BaseCommand):
    help = "Encrypts every address again with the first of ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for commenter in Commenter.objects.iterator(chunk_size=500):
            # An update, so that an address deleted meanwhile does not come back.
            count += Commenter.objects.filter(pk=commenter.pk).update(
                email=commenter.email, email_index=blind_index(same_mailbox(commenter.email))
            )
        self.stdout.write(f"{count} addresses are encrypted with the first key.")
