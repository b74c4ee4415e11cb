from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend

from clinic_site.search import OnlyWords


class PostgresBackend(OnlyWords, PostgresSearchBackend):
    pass
