from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def add_scripts() -> SafeString:
    scripts = [(static(f"js/admin/{name}.js"),) for name in ("large-files", "picture-descriptions")]
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("insert_global_admin_css")
def upload_errors_script() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/images.css"))
