from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.privacy.key_checks import WHAT_TO_DO, note_first_key
from clinic_site.privacy.rotation import (
    DamagedRows,
    StillInUse,
    encrypt_again,
    encrypted_models,
    forget_unused_keys,
    unknown_key_ids,
)


class Command(BaseCommand):
    help = (
        "Encrypts with the first of ENCRYPTION_KEYS what another of them has encrypted. The site "
        "may run; killed, it is run again and does the rest."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := unknown_key_ids():
            ids = ", ".join(sorted(unknown))
            raise CommandError(
                f"ENCRYPTION_KEYS does not hold {ids}, which encrypted some of what is here. "
                f"Nothing has been changed. {WHAT_TO_DO}"
            )
        note_first_key()
        damaged = []
        for model in encrypted_models():
            try:
                count = encrypt_again(model)
            except DamagedRows as error:
                damaged.append(str(error))
                continue
            if count:
                name = model._meta.verbose_name_plural
                self.stdout.write(f"{name}: {count} are encrypted with the first key now.")
        if damaged:
            raise CommandError(
                f"All is encrypted with the first key but what is damaged: {', '.join(damaged)}. "
                "Write these anew, delete them or bring them back from a backup, then run this "
                "again. Until then keep all of ENCRYPTION_KEYS."
            )
        try:
            unused = forget_unused_keys()
        except StillInUse as error:
            raise CommandError(
                f"Something was written under {error} meanwhile. Restart whatever still runs with "
                "the keys of before, then run this again."
            ) from None
        for key_id in unused:
            self.stdout.write(f"Nothing needs the key {key_id} any more: you can take it out.")
        self.stdout.write("All that is encrypted is under the first key.")
