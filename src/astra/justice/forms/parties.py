"""What is each client of the case in a proceeding? One question where there is one client, one for each of several."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astra.justice.forms.parts import PartForm
from astra.justice.services.parties import NOBODY
from astra.vocabulary.form_fields import CodeField

ROLE = "role"
WHAT = _("What is the person in it?")
NOT_IN_IT = _("Leave it empty for whoever has no part in it.")


class PartiesForm(PartForm):
    """A form with the role of each client."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what Django forms take
        super().__init__(*args, **kwargs)
        names = role_names(self.standing.clients)
        for name, person in names.items():
            label = WHAT if person is None or len(names) == 1 else format_lazy("{} ({})", WHAT, self._name(person))
            field = CodeField("proceeding_role", label=label, required=len(names) == 1)
            field.help_text = NOT_IN_IT if len(names) > 1 else ""
            self.fields[name] = field
        self.order_fields(["kind", *names])

    def _name(self, person: UUID) -> str:
        return self.standing.clients[person]

    def clean(self) -> dict[str, Any]:
        """Say beside the first of several that somebody must have a role; a single one is required as it is."""
        names = list(role_names(self.standing.clients))
        if len(names) > 1 and not any(self.cleaned_data.get(name) for name in names):
            self.add_error(names[0], gettext(NOBODY))
        return self.cleaned_data

    def arguments(self) -> dict[str, Any]:
        """What the service takes: the roles that were chosen, by client."""
        given = super().arguments()
        found = {person: given.pop(name) for name, person in role_names(self.standing.clients).items()}
        return given | {"roles": {person: role for person, role in found.items() if role}}


def role_names(clients: Mapping[UUID, str]) -> dict[str, UUID | None]:
    """The fields of the roles by name: one where there is one client or none yet."""
    if len(clients) < 2:
        return {ROLE: next(iter(clients), None)}
    return {f"{ROLE}_{one.hex}": one for one in clients}


def known_roles(clients: Mapping[UUID, str], roles: Mapping[UUID | None, str]) -> dict[str, str]:
    """What stands in those fields now; what was said before the file had a client is hers who is the only one."""
    alone = roles.get(None, "") if len(clients) < 2 else ""
    return {name: roles.get(person, alone) for name, person in role_names(clients).items()}
