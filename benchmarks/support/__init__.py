"""What several benchmarks share: made-up bases, servers, timers."""
