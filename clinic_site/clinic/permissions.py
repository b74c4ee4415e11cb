"""What the roles may do with the clinic's own facts."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {
    Role.EDITORS: RolePermissions(all_on("clinic", "person")),
    Role.FRONT_DESK: RolePermissions(all_on("clinic", "closure")),
    Role.OWNERS: RolePermissions(all_on("clinic", "location") | {"clinic.change_clinicdetails"}),
}
