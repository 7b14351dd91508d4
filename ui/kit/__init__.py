"""What every view is made from: colours, type, drawings, and how a cell is painted."""
