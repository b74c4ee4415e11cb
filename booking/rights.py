"""What the roles may do with appointments and what is needed to make them."""

from clinic_site.accounts.roles import Role, RoleRights, all_on

RIGHTS = {
    Role.FRONT_DESK: RoleRights(
        all_on("booking", "blockedtime")
        | {
            "booking.view_appointment",
            "booking.add_appointment",
            "booking.change_appointment",
            "booking.view_calltask",
            "booking.change_calltask",
            "booking.view_waitinglistentry",
            "booking.change_waitinglistentry",
        },
    ),
    Role.PRACTITIONERS: RoleRights(["booking.see_own_calendar"]),
    Role.OWNERS: RoleRights(
        all_on(
            "booking", "service", "practitioner", "serviceassignment", "weeklyhours", "calendarfeed"
        )
        | {"booking.export_appointment", "booking.change_bookingrules"},
    ),
}
