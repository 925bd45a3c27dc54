"""The schema of the published file: views, versions, fingerprint, dictionary."""
