"""ONVIF, as cameras speak it: who is there, what they offer, and how they are steered."""
