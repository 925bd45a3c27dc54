"""What the last audit of the records found."""

from dataclasses import dataclass

from dashboard.reads.published import Edition, Row, read_rows


@dataclass(frozen=True)
class LastAudit:
    """The newest audit: a row for each reader, one for all, what was found, what was corrected."""

    readers: list[Row]
    overall: Row
    found: list[Row]
    corrected: list[Row]


def read_last_audit(edition: Edition) -> LastAudit | None:
    """Return the newest audit that a reader has judged whole, if there is one."""
    rows = read_rows(
        edition,
        """select * from audit_result where audit_id = (
            select audit_id from audit_result order by day desc, seed, audit_id limit 1
        ) order by reader""",
    )
    if not rows:
        return None
    (overall,) = (row for row in rows if row["reader"] is None)
    audit_id = str(overall["audit_id"])
    return LastAudit(
        [row for row in rows if row["reader"] is not None],
        overall,
        read_rows(edition, "select * from audit_findings where audit_id = ?", audit_id),
        read_rows(
            edition,
            "select * from audit_correction where audit_id = ? order by corrected_on, id",
            audit_id,
        ),
    )
