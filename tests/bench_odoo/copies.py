"""Rows made of a few real ones inside PostgreSQL: years of a chain's data in a minute.

The originals are made by the ORM, so a copy has everything that a real record has; only what
tells records apart is given anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Env = Any


def multiply(
    env: Env, table: str, originals: Sequence[int], count: int, anew: Mapping[str, str]
) -> None:
    """`count` copies of the rows `originals`; `anew`: column → SQL over `number`, from 1 up."""
    env.flush_all()
    env.cr.execute(
        """
        SELECT column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = %s AND column_name <> 'id'
        """,
        [table],
    )
    columns = [name for (name,) in env.cr.fetchall()]
    unknown = sorted(set(anew) - set(columns))
    if unknown:
        raise KeyError(f"{table} has no column {', '.join(unknown)}")
    values = [anew.get(name, f'original."{name}"').replace("%", "%%") for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    env.cr.execute(
        f"""
        WITH original AS (
            SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM {table} WHERE id = ANY(%s)
        )
        INSERT INTO {table} ({names})
        SELECT {", ".join(values)}
          FROM generate_series(1, %s) AS number
          JOIN original ON original.place = number %% %s
        """,
        [list(originals), count, len(originals)],
    )
    env.invalidate_all()
