"""Advice to dispatchers from what is at hand: pure, and without a network.

A *Message* is what somebody tells, by column; a *Model* knows labels (categories, departments,
units) and gives the likeliest with its confidence, the words that decided, and whether it knows the
matter at all. Training asks for scikit-learn; whoever only asks for advice needs numpy alone.
"""
