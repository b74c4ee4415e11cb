from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/choosers.js"))


@hooks.register("insert_global_admin_css")
def lay_out_messages() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/messages.css"))
