"""The demo city lives: its weather, its rhythm, what it measures, who calls; all by a seed."""
