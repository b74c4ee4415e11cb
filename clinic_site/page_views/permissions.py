"""Who may read the counts."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {Role.EDITORS: RolePermissions({"page_views.view_dailycount"})}
