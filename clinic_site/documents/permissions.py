"""What the roles may do with documents."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {
    # Wagtail asks for the permissions of its own model, whichever model is in use.
    Role.EDITORS: RolePermissions(
        collections=[
            "wagtaildocs.add_document",
            "wagtaildocs.change_document",
            "wagtaildocs.choose_document",
        ]
    ),
}
