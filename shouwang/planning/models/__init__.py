from shouwang.planning.models.plan import Plan, PlanState

__all__ = ["Plan", "PlanState"]
