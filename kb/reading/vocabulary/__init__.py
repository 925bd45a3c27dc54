"""Words that name things: benchmarks, licences, machines, months."""
