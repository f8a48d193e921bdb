"""The full-text index itself: FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from collections.abc import Iterable, Sequence

from django.db import connection

from zhongshu.matters import bigrams


def write(rows: Iterable[tuple[int, str]]) -> None:
    """Put texts under their matter ids, replacing what was there."""
    prepared = [(matter_id, list(dict.fromkeys(bigrams.tokens(text)))) for matter_id, text in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("DELETE FROM matters_fts WHERE rowid = %s", [(i,) for i, _ in prepared])
            cursor.executemany(
                "INSERT INTO matters_fts(rowid, tokens) VALUES (%s, %s)",
                [(i, " ".join(words)) for i, words in prepared],
            )
            return
        cursor.executemany(
            "UPDATE matters_searchentry SET tokens = array_to_tsvector(%s::text[]) WHERE matter_id = %s",
            [(words, i) for i, words in prepared],
        )


def insert(rows: Sequence[tuple[int, str, str]]) -> None:
    """Enter many new texts at once, by matter id and kind; entry and words in one stroke where that is possible."""
    prepared = [(i, kind, text, " ".join(dict.fromkeys(bigrams.tokens(text)))) for i, kind, text in rows]
    if not prepared:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO matters_searchentry(matter_id, kind, text) VALUES (%s, %s, %s)",
                [row[:3] for row in prepared],
            )
            cursor.executemany(
                "INSERT INTO matters_fts(rowid, tokens) VALUES (%s, %s)",
                [(row[0], row[3]) for row in prepared],
            )
            return
        cursor.execute(
            "INSERT INTO matters_searchentry(matter_id, kind, text, tokens)"
            " SELECT id, kind, text, array_to_tsvector(string_to_array(words, ' '))"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS given(id, kind, text, words)",
            [list(column) for column in zip(*prepared, strict=True)],
        )


def forget(matter_ids: Sequence[int]) -> None:
    """Take out what SQLite keeps beside the entries; PostgreSQL's words go with their row."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM matters_fts WHERE rowid = %s", [(i,) for i in matter_ids])


def matching(
    terms: Sequence[str], *, below: int | None = None, kind: str | None = None, limit: int
) -> list[int]:
    """Return matter ids that have all terms, newest first."""
    if not terms:
        return []
    where, values = _condition(terms)
    if below is not None:
        where, values = f"{where} AND {_id_column()} < %s", [*values, below]
    if kind:
        where, values = f"{where} AND {_kind_condition()}", [*values, kind]
    sql = (
        f"SELECT {_id_column()} FROM {_table()} WHERE {where} ORDER BY {_id_column()} DESC LIMIT {int(limit)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def at_most(terms: Sequence[str], cap: int) -> list[int] | None:
    """Return all hits when there are at most `cap`, unsorted; None when there are more."""
    where, values = _condition(terms)
    sql = f"SELECT {_id_column()} FROM {_table()} WHERE {where} LIMIT {int(cap) + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        ids = [row[0] for row in cursor.fetchall()]
    return ids if len(ids) <= cap else None


def _table() -> str:
    return "matters_fts" if connection.vendor == "sqlite" else "matters_searchentry"


def _id_column() -> str:
    return "rowid" if connection.vendor == "sqlite" else "matter_id"


def _kind_condition() -> str:
    if connection.vendor == "sqlite":
        return "(SELECT kind FROM matters_searchentry WHERE matter_id = matters_fts.rowid) = %s"
    return "kind = %s"


def _condition(terms: Sequence[str]) -> tuple[str, list[str | int]]:
    """Return SQL and values; terms hold only letters, digits and characters, quoting is safe."""
    if connection.vendor == "sqlite":
        words = [f'"{term[:-1]}"*' if term.endswith("*") else f'"{term}"' for term in terms]
        return "matters_fts MATCH %s", [" AND ".join(words)]
    words = [f"'{term[:-1]}':*" if term.endswith("*") else f"'{term}'" for term in terms]
    return "tokens @@ %s::tsquery", [" & ".join(words)]
