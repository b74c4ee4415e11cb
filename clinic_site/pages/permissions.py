"""What the roles may do with pages."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {
    Role.EDITORS: RolePermissions(
        all_on("wagtailredirects", "redirect"),
        pages=[
            "wagtailcore.add_page",
            "wagtailcore.change_page",
            "wagtailcore.publish_page",
            "wagtailcore.lock_page",
            "wagtailcore.unlock_page",
        ],
    ),
    Role.OWNERS: RolePermissions(pages=["wagtailcore.bulk_delete_page"]),
}
