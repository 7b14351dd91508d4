"""Pure: records, machines, judging, deadlines, queries. No I/O, no clock, no threads."""
