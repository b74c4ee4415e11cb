from clinic_site.accounts.roles import Role, RolePermissions

IMPORT_SITE = "wordpress.import_site"
PERMISSIONS = {Role.OWNERS: RolePermissions({IMPORT_SITE})}
