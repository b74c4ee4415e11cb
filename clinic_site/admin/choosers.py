"""Wagtail's choosers without the script that each writes into its page.

The site's policy lets no page run inline scripts, the admin's included. Templates that
hold such scripts are overridden in `templates/wagtailadmin/`; the choosers hold theirs in
Python, with no hook to leave it out. `static/js/admin/choosers.js` starts them all.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets.chooser import BaseChooser


def render(
    chooser: BaseChooser, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None
) -> SafeString:
    """Do what `BaseChooser.render` does, with the start written as data."""
    value_data = chooser.get_value_data(value)
    options = chooser.get_js_init_options(attrs["id"], name, value_data)
    return format_html(
        '{}<template data-start="{}" data-target="{}" data-options="{}"></template>',
        chooser.render_html(name, value_data, attrs),
        chooser.js_constructor,
        attrs["id"],
        json.dumps(options),
    )


def start_choosers_without_inline_scripts() -> None:
    BaseChooser.render = render
