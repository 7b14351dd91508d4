"""Readings at the centre: taken in, kept, judged; what they raise, and who may have them."""
