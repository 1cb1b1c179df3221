"""How are needs, plans, services and ways to somebody written into forms?"""
