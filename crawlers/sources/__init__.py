"""Sources, a folder each: declaration, pure extractor, spider where a list will not do."""
