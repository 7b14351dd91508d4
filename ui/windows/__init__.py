"""Windows arrange views, and remember the arrangement."""
