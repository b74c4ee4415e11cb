"""What the roles may do with appointments and what is needed to make them."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {
    Role.FRONT_DESK: RolePermissions(
        all_on("booking", "blockedtime")
        | {
            "booking.view_appointment",
            "booking.add_appointment",
            "booking.change_appointment",
            "booking.view_patient",
            "booking.add_patient",
            "booking.change_patient",
            "booking.view_calltask",
            "booking.change_calltask",
            "booking.view_waitinglistentry",
            "booking.change_waitinglistentry",
        },
    ),
    Role.PRACTITIONERS: RolePermissions(["booking.see_own_calendar"]),
    Role.OWNERS: RolePermissions(
        all_on(
            "booking",
            "service",
            "practitioner",
            "serviceassignment",
            "weeklyhours",
            "calendarfeed",
            "classschedule",
        )
        | {
            "booking.delete_patient",
            "booking.export_appointment",
            "booking.change_bookingrules",
        },
    ),
}
# Whoever has one of these sees patients.
ABOUT_PATIENTS = {
    "booking.view_appointment",
    "booking.view_patient",
    "booking.view_calltask",
    "booking.view_waitinglistentry",
    "booking.see_own_calendar",
    "booking.export_appointment",
}
# Whose number the addresses of the desk have, so that a refusal says whom it was about.
SCREENS = {
    "appointments": "booking.appointment",
    "calendar:visit": "booking.appointment",
    "inbox": "booking.calltask",
    "patients": "booking.patient",
    "patients:assign": "booking.appointment",
    "waiting": "booking.waitinglistentry",
    "waiting:take": "booking.waitinglistoffer",
    "waiting:withdraw": "booking.waitinglistoffer",
}
