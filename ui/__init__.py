"""What a person sees. Windows arrange views; a view shows one model; the kit is what all are made of.

Each layer may use those to its right: app, windows, views, kit, models. Models know no widgets.
The core (`console`) is entered by the front door alone: a line is run, rows are found, changes are told.
"""
