"""Rules that compare a claimed number with one that was counted or measured."""
