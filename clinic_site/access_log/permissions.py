"""Who may read who saw whom."""

from clinic_site.accounts.roles import Role, RolePermissions

READ = "access_log.read_access_log"
PERMISSIONS = {Role.OWNERS: RolePermissions({READ})}
