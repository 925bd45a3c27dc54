"""Commands that build the base, stage by stage."""
