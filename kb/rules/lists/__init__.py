"""Rules about claims that list things: each thing is looked for on its own."""
