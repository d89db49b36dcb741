"""Who takes part: engineers, everybody around them, and somebody who may not use Rung at all."""

from __future__ import annotations

from typing import Any

ADA, BEN = "UADA", "UBEN"
ENGINEERS = (ADA, BEN)
MIA, NEW, LEO, LENA = "UMIA", "UNEW", "ULEO", "ULENA"
ADMIN, CLEO, GUEST = "UPAM", "UCLEO", "UGUEST"
AROUND = (MIA, NEW, LEO, LENA)
"""Their manager, the next one, somebody who only meets Ada, and the manager's manager."""

MEMBERS = (*ENGINEERS, *AROUND, ADMIN, CLEO)
EVERYBODY = (*MEMBERS, GUEST)
KINDS: dict[str, dict[str, Any]] = {GUEST: {"is_restricted": True}}
