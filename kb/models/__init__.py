"""What models are: names, architectures, memory, headers of weights."""
