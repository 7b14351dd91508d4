"""What a person sees: windows arrange views, a view shows one model, all are made from the kit.

Each layer may use those to its right: app, windows, views, kit, models. Models know no widgets.
The core (`console`) is entered by the front door alone: lines are run, rows found, changes told.
"""
