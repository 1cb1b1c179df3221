"""Which addresses does the public site have? One letter each: what stays in a browser's history says nothing."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from astra.sites.mydata import views as mydata
from astra.sites.public.languages import LanguageConverter
from astra.sites.public.views import hook, pages, sending, talk, telling

register_converter(LanguageConverter, "language")

spoken: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("x/", pages.leave, name="leave"),
    path("a/", pages.check, name="check"),
    path("c/", telling.offer, name="offer"),
    path("d/", telling.report, name="report"),
    path("e/", pages.missing, name="missing"),
    path("f/", pages.learn, name="learn"),
    path("g/", pages.professionals, name="professionals"),
    path("h/", pages.campaigns, name="campaigns"),
    path("i/", pages.traces, name="traces"),
    path("r/", talk.talk, name="talk"),
    path("r/a/", talk.begin, name="begin"),
    path("r/p/", talk.puzzle, name="puzzle"),
    path("r/w/", talk.waiting, name="waiting"),
    path("r/m/", talk.messages, name="messages"),
    path("r/s/", talk.send, name="send"),
    path("r/n/", talk.since, name="since"),
    path("r/t/", talk.typing, name="typing"),
    path("r/c/", talk.change_code, name="change_code"),
    path("r/d/", talk.noted, name="noted"),
    path("r/h/", talk.hide, name="hide"),
    path("r/f/", talk.feedback, name="feedback"),
    path("r/u/", sending.send_file, name="send_file"),
    path("r/v/", sending.file, name="file"),
    path("b/", talk.back, name="back"),
    path("m/", mydata.own, name="own"),
    path("m/a/", mydata.ask, name="own_ask"),
    path("m/t/", mydata.take_back, name="own_take_back"),
    path("m/w/", mydata.withdraw, name="own_withdraw"),
]
public: list[URLPattern | URLResolver] = [
    path("", pages.front, name="front"),
    path("k/", hook.hook, name="hook"),
    path("k/<slug:channel>/", hook.channel_hook, name="channel_hook"),
    path("<language:language>/", include(spoken)),
]
urlpatterns: list[URLResolver] = [path("", include((public, "public")))]
handler404 = "astra.sites.public.views.pages.not_found"
handler500 = "astra.sites.public.views.pages.broken"
