from django import template

from clinic_site.admin.page_work import works_on_pages

register = template.Library()
register.filter("works_on_pages", works_on_pages)
