"""The plan of an edition as somebody may know it who is also to review its notes."""

from __future__ import annotations

from annotations.access.independent import withheld_names
from annotations.editions.gather import gather
from annotations.editions.plan import Plan, told_without
from annotations.models import Edition
from archive.access import Viewer


def plan_for(viewer: Viewer, edition: Edition) -> Plan:
    """Return the plan as it stands, without what others decided of notes that `viewer` has still to decide on."""
    return told_to(viewer, gather(edition))


def told_to(viewer: Viewer, plan: Plan) -> Plan:
    """Return a plan without what is kept from `viewer`."""
    return told_without(plan, withheld_names(viewer, (one.id for one in (*plan.candidates, *plan.left_out))))
