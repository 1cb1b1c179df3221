"""Which addresses does the public site have? One letter each: what stays in a browser's history says nothing."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from astra.sites.public.languages import LanguageConverter
from astra.sites.public.views import pages

register_converter(LanguageConverter, "language")

spoken: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("x/", pages.leave, name="leave"),
]
public: list[URLPattern | URLResolver] = [
    path("", pages.front, name="front"),
    path("<language:language>/", include(spoken)),
]
urlpatterns: list[URLResolver] = [path("", include((public, "public")))]
