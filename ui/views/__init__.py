"""One file a view: a widget and the model it shows."""
