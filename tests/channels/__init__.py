"""Do e-mail and SMS work in a whole installation, also when it is killed?"""
