"""What the roles may do with the look of the site."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {Role.OWNERS: RolePermissions({"appearance.change_appearance"})}
