"""Rules about the machine that a model runs on."""
