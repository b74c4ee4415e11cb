"""What the roles may do with staff accounts."""

from clinic_site.accounts.roles import Role, RoleRights, all_on

RIGHTS = {
    Role.OWNERS: RoleRights(all_on("accounts", "user")),
}
