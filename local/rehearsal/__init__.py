"""A year of rule 13 in two minutes: an authorized body and two divisions, on virtual time.

`plot.py` says what happens on which day, `stage.py` what it is played on; everything between is the product.
"""
