"""The names of codes, in the language of this process."""

from collections.abc import Callable, Mapping

from console.base.text import TEXTS, text
from console.domain.access import Access
from console.domain.record import Unit
from console.scenes.lists import read_lists
from console.scenes.scene import Scene
from console.services.around import Around


class Names:
    """Says what a code is called: from the city, the scenes, the records, the people known here."""

    def __init__(
        self, around: Around, scenes: Mapping[str, Scene], person: Callable[[str], Access | None]
    ) -> None:
        self._around = around
        self._scenes = scenes
        self._person = person
        self._extra = read_lists().fields

    def name(self, kind: str, code: str) -> str:
        """Give what a code is called: a place, dept, type, unit, person; "" when nobody knows."""
        if kind == "role":
            return text(f"role.{code}") if TEXTS.has(f"role.{code}") else ""
        found = self._found(kind, code)
        if isinstance(found, Unit):
            return found.call_sign or found.name
        if isinstance(found, str):
            return found
        english = TEXTS.language == "en" and getattr(found, "name_en", "")
        return str(english or getattr(found, "name", ""))

    def _found(self, kind: str, code: str) -> object:
        city = self._around.city
        tables: dict[str, Mapping[str, object]] = {
            "district": city.districts, "street": city.streets, "dept": city.departments,
            "department": city.departments, "type": self._around.types, "scene": self._scenes,
            "plan": self._around.plans, "extra": self._extra,
        }  # fmt: skip
        if kind == "district" and code == city.code:
            return city
        if kind in tables:
            return tables[kind].get(code)
        if kind == "shift":
            return next((s for s in city.shifts if s.id == code), None)
        if kind in ("unit", "seat"):
            return self._around.store.get(kind, code)
        return self._person(code) or self._around.people.get(code) if kind == "person" else None
