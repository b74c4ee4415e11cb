"""What the roles may do with comments."""

from clinic_site.accounts.roles import Role, RolePermissions, all_on

PERMISSIONS = {
    Role.MODERATORS: RolePermissions(
        all_on("comments", "cannedreply")
        | {
            "comments.view_comment",
            "comments.change_comment",
            "comments.see_addresses",
            "comments.change_commentrules",
        },
    ),
}
# Whoever has it sees what nobody publishes.
ABOUT_PATIENTS = {"comments.see_addresses"}
