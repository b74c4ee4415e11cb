from django.urls import path

from clinic_site.appearance.stylesheet import stylesheet

app_name = "appearance"
urlpatterns = [path("<str:theme>.<str:version_>.css", stylesheet, name="stylesheet")]
