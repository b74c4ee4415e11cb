"""What the roles may do with staff accounts."""

from clinic_site.accounts.roles import Role, RoleRights, every

RIGHTS = {
    Role.OWNERS: RoleRights(every("accounts", "user")),
}
