"""Briefs: what is put on paper for leaders, from records; as PDF and DOCX, in two languages."""
