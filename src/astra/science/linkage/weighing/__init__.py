"""How much does each agreement say, and how is it said to people?"""
