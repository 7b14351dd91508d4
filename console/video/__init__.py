"""Live pictures: which stream to take, decoding it beside the screen, and what is true of it.

``Pool`` decodes in processes that die with the window; ``Inside`` in threads of this one. Both are
asked and read in the same way (``Decoding``), so that another way of decoding can take their place.
"""
