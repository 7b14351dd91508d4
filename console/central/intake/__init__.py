"""The departments' messages: read by the rules of their standard, taken in once, or set aside."""
