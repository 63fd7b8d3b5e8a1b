from shouwang.registry.models.identity import Identity
from shouwang.registry.models.look import Look, LookToken

__all__ = ["Identity", "Look", "LookToken"]
