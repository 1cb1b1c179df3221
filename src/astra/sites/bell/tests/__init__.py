"""Does the bell ring those who may be rung, and only them?"""
