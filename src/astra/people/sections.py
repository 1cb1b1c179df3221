"""Which parts of a person's file are sealed apart?

The search card is derived from the identity and goes with the same erasure key. Safe-contact rules have a key of
their own: they are kept as long as somebody might call her.
"""

from astra.people.rules.persons import ContactDetails, Identity, Safety, SearchCard, Whereabouts
from astra.vault.sections import declare

RETENTION, SAFETY_RETENTION = "identity", "safe_contact"

IDENTITY = declare("people.identity", Identity, retention=RETENTION)
CONTACT_DETAILS = declare("people.contact_details", ContactDetails, retention=RETENTION)
WHEREABOUTS = declare("people.whereabouts", Whereabouts, retention=RETENTION)
CARD = declare("people.card", SearchCard, retention=RETENTION)
SAFETY = declare("people.safety", Safety, retention=SAFETY_RETENTION)
