"""Who sees how the site is doing, and is told when it isn't well."""

from clinic_site.accounts.roles import Role, RolePermissions

SEE_HEALTH = "health.see_health"
PERMISSIONS = {Role.OWNERS: RolePermissions({SEE_HEALTH})}
