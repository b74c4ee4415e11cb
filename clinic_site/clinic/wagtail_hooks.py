from wagtail import hooks

from clinic_site.clinic.viewsets import LocationViewSet


@hooks.register("register_admin_viewset")
def register_locations() -> LocationViewSet:
    return LocationViewSet()
