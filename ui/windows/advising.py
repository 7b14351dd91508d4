"""Joins the advice panel to what is written and chosen: the open form first, else the selection.

What it finds of cases that are not before the person is told as a notice.
"""

from console.app import Core
from console.domain.changes import Key
from console.domain.plan import Outcome
from console.domain.query import parse_query
from console.domain.record import Incident
from ui.kit.form import CommandForm
from ui.kit.notices import Notices
from ui.models.advice import AdviceFacts, Offer, Spot, why_not
from ui.models.card import incident_of
from ui.models.news import Answers
from ui.views.advice import AdviceView
from ui.windows.hands import Hands


class Advising:
    """Tells the panel what to advise on, and the form what was taken."""

    def __init__(self, core: Core, advice: AdviceView, notices: Notices) -> None:
        self._core = core
        self._advice = advice
        self._form: CommandForm | None = None
        self._selected: Key | None = None
        self._answers = Answers(advice.failed.emit, advice)
        advice.told.connect(self._suggest)
        advice.failed.connect(self._unadvised)
        advice.taken.connect(self._take)
        advice.placed.connect(self._place)
        advice.freed.said.connect(notices.tell)

    def give_hands(self, hands: Hands) -> None:
        """Let the window's hands do the commands of the panel."""
        hands.add("advice.accept", lambda args: self._advice.accept(int(args.get("n") or 1)))
        hands.add("advice.place", lambda args: self._advice.take_place(int(args.get("n") or 1)))
        hands.add("advice.why", lambda args: self._why(args["unit"]))
        hands.add("advice.reject", lambda _args: self._advice.reject())

    def _why(self, said: str) -> None:
        """Answer "why not this unit?" for the incident that is chosen."""
        incident = incident_of(self._core, *self._selected) if self._selected else ""
        found = next(iter(self._core.find(parse_query("unit", f"call_sign:{said}"))), None)
        unit = str(found[0]) if found else said
        job = self._core.work.call(lambda: why_not(self._core, incident, unit))
        self._answers.ask("why", job, self._advice.tell)

    def end(self) -> None:
        """Watch nobody any more."""
        self._advice.freed.close()

    def opened(self, form: CommandForm) -> None:
        """Follow a form, if what is written there tells of a case."""
        if form.advised:
            self._form = form
            form.suggest(None)
            form.done.connect(self._sent)
            form.changed.connect(self._advice.show_written)
            self._advice.show_written(form.values())

    def closed(self) -> None:
        """Follow the selection again."""
        self._form = None
        self.chose(self._selected)

    def chose(self, selected: Key | None) -> None:
        """Follow what is selected; a form that is open has the panel for itself."""
        self._selected = selected
        if self._form is None:
            found = incident_of(self._core, *selected) if selected else ""
            self._advice.show_record(found)

    def _sent(self, outcome: object) -> None:
        """Take down what became of the advice on a form that was sent."""
        for change in outcome.plan.changes if isinstance(outcome, Outcome) else ():
            if isinstance(change.after, Incident):
                self._advice.settled(change.after.id, change.after.type)

    def _suggest(self, facts: AdviceFacts) -> None:
        """Let the form offer what the advice does."""
        if self._form is not None:
            self._form.suggest([offer.name for offer in facts.offers])

    def _unadvised(self, _error: BaseException) -> None:
        """Where the advice failed, let the form offer what the words name."""
        if self._form is not None:
            self._form.suggest(())

    def _take(self, offer: object) -> None:
        if self._form is not None and isinstance(offer, Offer):
            self._form.take({"type": offer.name})

    def _place(self, spot: object) -> None:
        if self._form is None or not isinstance(spot, Spot):
            return
        name = self._core.names
        district, _, street = spot.scope.partition(".")
        scope = name("street", street) or name("district", district)
        values = {"address": spot.name, "lon": f"{spot.lon}", "lat": f"{spot.lat}"}
        self._form.take(values | ({"scope": scope} if scope else {}))
