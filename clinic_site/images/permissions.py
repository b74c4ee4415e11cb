"""What the roles may do with pictures."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {
    # Wagtail asks for the permissions of its own image model, whichever model is in use.
    Role.EDITORS: RolePermissions(
        collections=[
            "wagtailimages.add_image",
            "wagtailimages.change_image",
            "wagtailimages.choose_image",
        ]
    ),
}
