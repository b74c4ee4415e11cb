"""What the roles may do with comments."""

from clinic_site.accounts.roles import Role, RoleRights, all_on

RIGHTS = {
    Role.MODERATORS: RoleRights(
        all_on("comments", "cannedreply")
        | {
            "comments.view_comment",
            "comments.change_comment",
            "comments.see_addresses",
            "comments.change_commentrules",
        },
    ),
}
