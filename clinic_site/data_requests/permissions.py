"""Who may answer those who ask what is held about them."""

from clinic_site.accounts.roles import Role, RolePermissions

PERMISSIONS = {
    Role.OWNERS: RolePermissions({"data_requests.answer_data_requests"}),
}
ABOUT_PATIENTS = {"data_requests.answer_data_requests"}
