"""What everything stands on: errors, texts, settings, time, threads. Knows nothing of cities."""
