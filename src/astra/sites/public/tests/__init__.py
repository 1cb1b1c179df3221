"""Do the public pages keep their promises?"""
