"""Databases on the PostgreSQL server that `TEST_DATABASE_URL` names, each this run's alone."""

import os
from urllib.parse import urlsplit

import psycopg2

from tests import clock


def server() -> str:
    """Return the address of the server; "" means SQLite."""
    return os.environ.get("TEST_DATABASE_URL", "")


def database(name: str) -> str:
    """Return `name` as no other run on the server has it."""
    return f"{name}_{clock.run_name()}"


def url_of(name: str) -> str:
    return urlsplit(server())._replace(path=f"/{name}").geturl()


def create(name: str, template: str = "template0") -> None:
    """Make a database, in place of what a run that was ended has left of it."""
    drop(name)
    _tell(f"CREATE DATABASE {name} TEMPLATE {template}")


def drop(name: str) -> None:
    _tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _tell(command: str) -> None:
    connection = psycopg2.connect(server())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(command)
    connection.close()
