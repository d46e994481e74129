"""An add-on's README.rst and index.html, made from its folder `readme`.

The layout is that of the OCA's add-ons; their generator is in no package index.
"""
