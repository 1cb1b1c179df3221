"""Which addresses does the research room have?"""

from django.urls import path

from astra.research.views import tables

app_name = "research"

urlpatterns = [
    path("", tables.tables, name="tables"),
    path("identification/", tables.flow, name="flow"),
    path("<slug:name>/", tables.table, name="table"),
    path("<slug:name>/file/", tables.table_file, name="table_file"),
]
