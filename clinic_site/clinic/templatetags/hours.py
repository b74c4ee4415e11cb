from django import template

from clinic_site.clinic.clock_times import time_span

register = template.Library()
register.simple_tag(time_span)
