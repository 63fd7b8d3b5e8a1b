"""The embedded server of this installation."""

from shouwang.config.database.cluster import Cluster
from shouwang.config.environment import Environment


def town_cluster(environment: Environment) -> Cluster:
    return Cluster(
        data=environment.var / "pg",
        var=environment.var,
        run=environment.var / "run",
        pg_bin=environment.pg_bin,
        service_user=environment.service_user,
    )
