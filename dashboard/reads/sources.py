"""Sources and their snapshots."""

from dashboard.reads.published import Edition, Row, read_rows


def read_sources(edition: Edition) -> list[Row]:
    """Every source, with how many claims stand there and how often it was fetched."""
    return read_rows(
        edition,
        """select o.*,
            (select count(*) from sighting s where s.source_id = o.id) as sightings,
            (select count(*) from measurement x where x.source_id = o.id) as results,
            (select count(*) from snapshot n where n.source_id = o.id) as snapshots
        from source o order by lower(o.publisher), o.url""",
    )


def read_snapshots(edition: Edition) -> list[Row]:
    """Every snapshot with its source, newest first."""
    return read_rows(
        edition,
        """select n.*, o.url, o.publisher, o.title from snapshot n
        join source o on o.id = n.source_id order by n.fetched_at desc, n.id""",
    )
