"""What the roles may do with staff accounts."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {
    Role.OWNERS: RolePermissions(all_on("accounts", "user")),
}
