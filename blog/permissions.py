"""What the roles may do with the search. Articles go by the permissions of pages."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {Role.EDITORS: RolePermissions(all_on("blog", "searchsynonym"))}
