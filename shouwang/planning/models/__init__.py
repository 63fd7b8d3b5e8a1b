from shouwang.planning.models.plan import Plan, PlanState
from shouwang.planning.models.route_plan import Going, RoutePlan, RouteState

__all__ = ["Going", "Plan", "PlanState", "RoutePlan", "RouteState"]
