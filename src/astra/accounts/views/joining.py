"""What does somebody see who follows a one-time link? Her names, six words, and typing them back."""

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from astra.accounts.access import public
from astra.accounts.forms import NamesForm, WordsForm
from astra.accounts.rules.words import check_username, check_work_name
from astra.accounts.services import invitations
from astra.kernel.errors import AstraError, Invalid, NotFound
from astra.vocabulary.form_fields import show


@public
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Choose names, see the six words, then type them back on the next page."""
    if invitations.find(token).purpose != invitations.JOIN:
        raise NotFound
    names = NamesForm(request.POST or None)
    if request.method == "POST" and names.is_valid() and _are_names_good(names):
        if "words" in request.POST:
            return _finish(request, token, names)
        return _page(request, token, names, WordsForm())
    return render(request, "accounts/join.html", {"form": names, "words": invitations.words_for(token=token)})


def _are_names_good(names: NamesForm) -> bool:
    try:
        check_username(names.cleaned_data["username"])
        check_work_name(names.cleaned_data["work_name"])
        invitations.check_free(names.cleaned_data["username"])
    except Invalid as error:
        show(names, error)
        return False
    return True


def _finish(request: HttpRequest, token: str, names: NamesForm) -> HttpResponseBase:
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            invitations.join(
                token=token,
                username=names.cleaned_data["username"],
                work_name=names.cleaned_data["work_name"],
                typed=form.cleaned_data["words"],
            )
        except AstraError as error:
            show(form, error)
        else:
            return HttpResponseRedirect(reverse("account_login"))
    return _page(request, token, names, form)


def _page(request: HttpRequest, token: str, names: NamesForm, form: WordsForm) -> HttpResponseBase:
    return render(request, "accounts/type_back.html", {"names": names, "form": form, "token": token})


@public
def again(request: HttpRequest, token: str) -> HttpResponseBase:
    """Begin again after a forgotten passphrase: new words, typed back on the next page."""
    if invitations.find(token).purpose != invitations.AGAIN_LINK:
        raise NotFound
    if request.method != "POST":
        return render(request, "accounts/again.html", {"words": invitations.words_for(token=token)})
    form = WordsForm(request.POST if "words" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            invitations.begin_again(token=token, typed=form.cleaned_data["words"])
        except AstraError as error:
            show(form, error)
        else:
            return HttpResponseRedirect(reverse("account_login"))
    return render(request, "accounts/type_back.html", {"form": form, "token": token})
