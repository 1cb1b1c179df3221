"""Which addresses does the public site have? One letter each: what stays in a browser's history says nothing."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from astra.sites.public.languages import LanguageConverter
from astra.sites.public.views import pages, talk

register_converter(LanguageConverter, "language")

spoken: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("x/", pages.leave, name="leave"),
    path("r/", talk.talk, name="talk"),
    path("r/a/", talk.begin, name="begin"),
    path("r/m/", talk.messages, name="messages"),
    path("r/s/", talk.send, name="send"),
    path("r/n/", talk.since, name="since"),
    path("r/t/", talk.typing, name="typing"),
    path("r/c/", talk.change_code, name="change_code"),
    path("r/d/", talk.noted, name="noted"),
    path("r/h/", talk.hide, name="hide"),
    path("r/f/", talk.feedback, name="feedback"),
    path("b/", talk.back, name="back"),
]
public: list[URLPattern | URLResolver] = [
    path("", pages.front, name="front"),
    path("<language:language>/", include(spoken)),
]
urlpatterns: list[URLResolver] = [path("", include((public, "public")))]
