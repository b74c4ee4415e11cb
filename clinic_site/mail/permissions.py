"""Who may change what emails say."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {Role.OWNERS: RolePermissions({"mail.change_emailwords"})}
