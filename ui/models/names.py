"""What codes are called on a display: those of the core, indicators, and domains of the signs."""

from console.app import Core
from console.base.text import TEXTS


class DisplayNames:
    """Says names in the language of this process."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def name(self, kind: str, code: str) -> str:
        """Give what a code is called; "" when nobody knows. Of a grade: that of now."""
        if kind == "indicator":
            found = self._core.gauges.known.get(code)
            if found is not None and TEXTS.language == "en" and found.short_en:
                return found.short_en
        elif kind == "dept":
            return self._dept(code)
        elif kind == "unit" and code in self._core.gauges.known:
            known = self._core.gauges.known[code]
            return known.unit_en if TEXTS.language == "en" and known.unit_en else known.unit
        elif kind == "domain":
            found = next((d for d in self._core.vitals().domains if d.id == code), None)
        elif kind == "grade":
            found = self._core.vitals().grade
        else:
            return self._core.names(kind, code)
        if found is None:
            return ""
        return found.name_en if TEXTS.language == "en" and found.name_en else found.name

    def _dept(self, code: str) -> str:
        """Give the short name of a department, where it has one."""
        found = self._core.city.departments.get(code)
        if found is None:
            return self._core.names("dept", code)
        short = found.short_en if TEXTS.language == "en" else found.short
        return short or self._core.names("dept", code)
