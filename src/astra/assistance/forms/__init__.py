"""What is typed into the pages of the assistance room?"""
