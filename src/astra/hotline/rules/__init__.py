"""Which rules hold on a hotline? Pure: what a contact may say, its states, when somebody is called back."""
