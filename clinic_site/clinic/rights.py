"""What the roles may do with the clinic's own facts."""

from clinic_site.accounts.roles import Role, RoleRights, all_on

RIGHTS = {
    Role.EDITORS: RoleRights(all_on("clinic", "person")),
    Role.FRONT_DESK: RoleRights(all_on("clinic", "closure")),
    Role.OWNERS: RoleRights(all_on("clinic", "location") | {"clinic.change_clinicdetails"}),
}
