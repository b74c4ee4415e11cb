"""The personal data of staff: their accounts, and what they leave as they work."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("If you work here: your name, username, email address and a hash of your password"),
        why=_("To let you sign in, and to name you beside what you did."),
        seen_by=_("The clinic’s owners. Your colleagues see your name beside your work."),
        until=_("Until an owner deletes your account."),
        columns={
            "accounts.User": "username first_name last_name email password compared_name",
            "wagtailusers.UserProfile": (
                "preferred_language current_time_zone avatar dismissibles theme contrast density"
            ),
        },
        readable={
            "accounts.User": "username first_name last_name email password compared_name",
            "wagtailusers.UserProfile": (
                "preferred_language current_time_zone avatar dismissibles theme contrast density"
            ),
        },
        readable_because=_("You sign in by them. Of your password there’s a slow hash alone."),
    ),
    PersonalDataRecord(
        what=_("If you work here: that you’re signed in, and what you’re typing in the admin"),
        why=_("To keep you signed in, and to lose nothing of what you type."),
        seen_by=_("Only you."),
        until=_("Until you sign out or save, or a few hours after you stop."),
        columns={
            "sessions.Session": "session_key session_data",
            "wagtailadmin.EditingSession": "object_id",
            "wagtailadmin.FormState": "data object_id parent_object_id",
        },
        readable={
            "sessions.Session": "session_key session_data",
            "wagtailadmin.EditingSession": "object_id",
            "wagtailadmin.FormState": "data object_id parent_object_id",
        },
        readable_because=_("It’s about pages for everyone, and ends by itself."),
        untraceable=_("It’s signed or belongs to an account, and ends by itself."),
    ),
]
NOT_PERSONAL = {
    "accounts.RoleGrant": "role permission",
    "auth.Group": "name",
    "auth.Permission": "name codename",
    "contenttypes.ContentType": "app_label model",
}
