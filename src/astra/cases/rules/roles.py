"""Who is somebody in a case, and for whom is it kept?"""

from collections.abc import Collection

from astra import vocabulary

CALLER, CONCERNED = "caller", "concerned"
CLIENT, AROUND = "client", "caller"
SELF = "self"


def role_from_contact(link: str, caller_role: str, known_roles: Collection[str]) -> str:
    """The role of a person in a file, from her part in the contact and from who the caller said she was.

    Whom a contact is about becomes the client, and so does who called for herself; a mother stays a mother.
    """
    if link == CONCERNED or caller_role == SELF:
        return CLIENT
    return caller_role if caller_role in known_roles else AROUND


def is_client(role: str) -> bool:
    """Whether the organisation works for somebody in this role."""
    return bool(vocabulary.codes("case_role").fact(role, "side") == "ours")
