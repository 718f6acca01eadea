"""From bytes to `ParsedText`: one registry of formats, one mapping of pandoc's tree, one set of finders."""
