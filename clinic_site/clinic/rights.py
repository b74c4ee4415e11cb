"""What the roles may do with the clinic's own facts."""

from clinic_site.accounts.roles import Role, RoleRights, every

RIGHTS = {
    Role.EDITORS: RoleRights(every("clinic", "person")),
    Role.FRONT_DESK: RoleRights(every("clinic", "closure")),
    Role.OWNERS: RoleRights(every("clinic", "location") | {"clinic.change_clinicdetails"}),
}
