"""Where does she begin? The first page after signing in."""

from django.http import HttpResponseBase
from django.shortcuts import render

from astra.accounts.access import DeskRequest, colleague


@colleague
def home(request: DeskRequest) -> HttpResponseBase:
    """My day."""
    return render(request, "desk/home.html")
