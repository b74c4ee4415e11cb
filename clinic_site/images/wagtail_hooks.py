from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def say_what_is_too_large() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/large-files.js"))


@hooks.register("insert_global_admin_css")
def upload_errors_script() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/images.css"))
