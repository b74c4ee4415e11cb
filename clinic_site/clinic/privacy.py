"""The personal data of the clinic's own people: what they tell of themselves in public."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_(
            "If you work here: your name, credentials, role, training, license, languages, "
            "interests and what we say about you"
        ),
        why=_("To show patients who will see them, and who wrote and checked an article."),
        seen_by=_("Everyone."),
        until=_("Until an editor deletes your profile."),
        columns={
            "clinic.Person": (
                "name slug credentials role biography training license languages interests"
            )
        },
        readable={
            "clinic.Person": (
                "name slug credentials role biography training license languages interests"
            )
        },
        readable_because=_("Everyone reads it on the site."),
    ),
]
NOT_PERSONAL = {
    "clinic.ClinicDetails": (
        "name tagline booking_label booking_heading booking_invitation emergency_notice "
        "trade price_range profiles_elsewhere license_numbers insurers footer_links "
        "not_found_text privacy_addition accessibility_addition booking_introduction "
        "booking_thanks"
    ),
    "clinic.Closure": "reason",
    "clinic.Location": (
        "name country street city region postcode phone email time_zone hours_note map_url "
        "directions map_description parking entrance step_free_access what_to_bring"
    ),
}
