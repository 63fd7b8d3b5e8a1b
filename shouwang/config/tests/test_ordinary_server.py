"""The same on a server that others look after: an administrator who is no superuser is enough."""

import os
import subprocess
import sys

import psycopg
import pytest

from shouwang.config.database import place, roles
from shouwang.config.database.cluster import Cluster
from shouwang.config.database.programs import NoDatabase
from shouwang.config.environment import ROOT, Environment


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    var = tmp_path_factory.mktemp("server")
    cluster = Cluster(data=var / "pg", var=var, run=var / "run", pg_bin=os.environ["SHOUWANG_PG_BIN"], durable=False)
    cluster.start()
    with cluster.connect() as superuser:
        superuser.execute("CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'kept'")
    yield cluster
    cluster.stop()


@pytest.fixture
def environment(server, tmp_path, request):
    """A database of the keeper's."""
    name = f"d{abs(hash(request.node.name)) % 10**9}"
    with server.connect() as superuser:
        superuser.execute(f"CREATE DATABASE {name} OWNER keeper")
    url = f"postgresql://keeper:kept@/{name}?host={server.sockets}"
    return Environment(var=tmp_path, database_url=url, schema=f"town_{name}")


@pytest.mark.slow
def test_the_whole_schema_is_made_and_made_again(environment):
    variables = os.environ | {
        "DATABASE_URL": environment.database_url,
        "SHOUWANG_VAR": str(environment.var),
        "SHOUWANG_SCHEMA": environment.schema,
    }
    variables.pop("SHOUWANG_ROLE", None)
    for _ in range(2):
        step = [sys.executable, "-m", "shouwang.config.testing.template", "schema"]
        done = subprocess.run(
            step, env=variables | {"SHOUWANG_ROLE": "owner"}, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr

    with psycopg.connect(**place.role_parameters(environment, "web")) as web:
        assert web.execute("SELECT count(*) > 0 FROM django_migrations").fetchone() == (True,)


def test_roles_that_are_there_are_brought_up_to_date(environment):
    roles.prepare(environment)
    roles.prepare(environment)

    with psycopg.connect(**place.role_parameters(environment, "read")) as read:
        assert read.execute("SHOW default_transaction_read_only").fetchone() == ("on",)


def test_a_role_that_somebody_made_mighty_is_refused(environment, server):
    roles.prepare(environment)
    with server.connect() as superuser:
        superuser.execute(f"ALTER ROLE {environment.schema}_web BYPASSRLS")

    with pytest.raises(NoDatabase, match="has been made mighty"):
        roles.prepare(environment)


def test_an_extension_in_another_place_is_named_with_its_remedy(environment, server):
    with server.connect(place.parameters(environment)["dbname"]) as superuser:
        superuser.execute("CREATE EXTENSION pg_trgm SCHEMA public")

    with pytest.raises(NoDatabase, match="ALTER EXTENSION pg_trgm SET SCHEMA pg_catalog"):
        roles.prepare(environment)


def test_a_database_that_cannot_read_chinese_is_refused(environment, server):
    with server.connect() as superuser:
        superuser.execute("CREATE DATABASE plain OWNER keeper TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    url = f"postgresql://keeper:kept@/plain?host={server.sockets}"

    with pytest.raises(NoDatabase, match="Chinese text is only found"):
        roles.prepare(Environment(var=environment.var, database_url=url, schema="plain"))
