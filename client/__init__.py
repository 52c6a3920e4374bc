"""A Python client of the API, generated from the product's own OpenAPI document: `python -m client` makes it.

Operations and models come from the document; what every operation shares is written by hand and goes along:
how a connection is opened, sent again after a 503, refused, and how a feed is followed.
"""
