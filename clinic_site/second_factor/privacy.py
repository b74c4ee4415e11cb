"""The personal data of those who sign in in two steps."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("If you work here: the key of your authenticator app, and your recovery codes"),
        why=_("To let only you sign in, even if somebody learns your password."),
        seen_by=_("Nobody. They’re encrypted."),
        until=_("Until you replace them, or an owner deletes your account."),
        columns={
            "second_factor.Authenticator": "key",
            "second_factor.RecoveryCode": "code",
        },
        untraceable=_("It’s encrypted, belongs to an account, and goes with it."),
    ),
    PersonalDataRecord(
        what=_("If you work here: which browsers you’re signed in with"),
        why=_("So you can see them and sign out of any of them."),
        seen_by=_("Only you."),
        until=_("Until you sign out, or 30 days for a browser that you asked us to remember."),
        columns={
            "second_factor.SignIn": "browser",
            "second_factor.RememberedBrowser": "token_hash",
        },
        readable={"second_factor.SignIn": "browser"},
        readable_because=_("It’s no more than “Firefox on Windows”."),
        untraceable=_("It belongs to an account, and ends by itself."),
    ),
]
