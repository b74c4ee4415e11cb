"""What the roles may do with comments."""

from clinic_site.accounts.roles import Role, RoleRights, every

RIGHTS = {
    Role.MODERATORS: RoleRights(
        every("comments", "cannedreply")
        | {
            "comments.view_comment",
            "comments.change_comment",
            "comments.see_addresses",
            "comments.change_commentrules",
        },
    ),
}
