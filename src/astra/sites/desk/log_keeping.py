"""What is said on the log of retention, exports and of files that nobody has reason to open?"""

from astra.kernel.words import msg

KEEPING = {
    "cases.told_of_emergency": msg("Told the team that its file was opened in an emergency"),
    "rights.disposal_agreed": msg("Agreed that something goes whose time is over"),
    "rights.disposal_proposed": msg("Proposed that something goes whose time is over"),
    "rights.disposal_refused": msg("Did not agree that something goes"),
    "rights.disposal_taken_back": msg("Took back a proposal that something goes"),
    "rights.disposed": msg("Destroyed what two people agreed to"),
    "rights.kept_longer": msg("Kept something for longer than its time"),
    "rights.export_agreed": msg("Agreed to an export"),
    "rights.export_asked": msg("Asked for an export"),
    "rights.export_lapsed": msg("An export was destroyed after its days"),
    "rights.export_refused": msg("Did not agree to an export"),
    "rights.export_taken": msg("Took an export"),
    "rights.export_taken_back": msg("Took back the wish for an export"),
    "rights.opened_for_export": msg("Opened files for an export"),
    "vault.class_erased": msg("One class of a record was erased"),
    "vault.decoy_laid": msg("Laid out a file that nobody has reason to open"),
    "vault.decoy_looked_into": msg("Looked into an alarm of such a file"),
    "vault.decoy_opened": msg("A file was opened that nobody has reason to open"),
    "vault.decoy_taken_away": msg("Such a file became an ordinary one"),
}
