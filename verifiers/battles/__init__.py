"""Battles: releases answer the same prompts, judges decide, ratings follow."""
