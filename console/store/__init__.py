"""The local cache and the outbox: what is shown is confirmed records + waiting acts."""
