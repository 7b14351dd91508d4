"""The core of Chengyun: everything a console does, without a window.

Who may know whom (checked by lint-imports; each may use what stands below it):

    ui.app      builds the windows
    ui          windows, views, kit, models
    app         joins the parts into a Core
    sync        services    central     do not know each other
    store       gateways    scenes      do not know each other,
    maps        video       advise      nor do these
    wire        commands                do not know each other
    domain      pure: records, machines, time limits
    base        errors, texts, files, threads

The words: a *Record* is something known; a *Machine* its states and the verbs between them; a
*Step* one person's verb on one record; an *Act* the steps that are judged together; the *Store* the
cache and the outbox; *Changes* what a transaction touched; a *Gateway* a door to the outside; the
*Centre* who has the last word; a *Command* a line that a person runs. What is shown is what the
centre has confirmed, and over it the acts that wait.
"""

__version__ = "0.1.0"
