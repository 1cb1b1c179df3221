"""How are the weights learned, from invented people only?"""
