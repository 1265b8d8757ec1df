"""The rows of a file while they are being checked: those still in, and what was found."""

from __future__ import annotations

from typing import Any

import polars as pl

from byfolk.kernel.people.importing import findings

RAW = "raw:"  # the text of a cell stands beside its typed value, for the findings
VALUE_SHOWN = 120


class Sheet:
    """Rows of one kind (``line``, the typed fields, and ``raw:`` with each field's text) and the findings so far."""

    def __init__(self, kind: str, rows: pl.DataFrame) -> None:
        self.kind = kind
        self.rows = rows
        self._found: list[pl.DataFrame] = []
        self._rejected: list[pl.Series] = []

    def note(
        self,
        where: pl.Expr | pl.DataFrame,
        name: str,
        code: str,
        *,
        severity: str = findings.ERROR,
        value: pl.Expr | None = None,
        **arguments: pl.Expr | Any,
    ) -> None:
        """Write down a finding for rows: those of ``self.rows`` where the condition holds, or the frame of rows given.

        ``name`` is the field ("" for the whole row), ``value`` what to show of it (the cell's text if not given), and
        ``arguments`` what the message names, columns or constants."""
        rows = self.rows.filter(where) if isinstance(where, pl.Expr) else where
        if rows.is_empty():
            return
        if value is None:
            value = pl.col(RAW + name) if name and RAW + name in rows.columns else pl.lit("")
        parts = [(v if isinstance(v, pl.Expr) else pl.lit(v)).alias(k) for k, v in arguments.items()]
        self._found.append(
            rows.select(
                pl.col("line").cast(pl.UInt32),
                field=pl.lit(name),
                value=value.cast(pl.String).fill_null("").str.slice(0, VALUE_SHOWN),
                code=pl.lit(code),
                args=pl.struct(parts).struct.json_encode() if parts else pl.lit(""),
                severity=pl.lit(severity),
            )
        )
        if severity == findings.ERROR:
            self._rejected.append(rows["line"].cast(pl.UInt32))

    def note_lines(self, found: pl.DataFrame, name: str, code: str, **options: Any) -> None:
        """Write down a finding for a frame that has ``line`` and what the arguments name: the rows' own columns are
        joined on."""
        self.note(found.join(self.rows, on="line", how="inner", suffix="_row"), name, code, **options)

    def drop_rejected(self) -> None:
        """Take out the rows with an error, so that what follows looks at good rows only."""
        if self._rejected:
            lines = pl.concat(self._rejected).unique()
            self.rows = self.rows.filter(~pl.col("line").is_in(lines.implode()))
            self._rejected = []

    def findings(self) -> pl.DataFrame:
        """All findings, by line."""
        if not self._found:
            return findings.empty()
        return pl.concat(self._found).cast(pl.Schema(findings.SCHEMA)).sort("line", maintain_order=True)
