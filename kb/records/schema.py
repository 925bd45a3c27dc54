"""The JSON Schema of record files: `python -m kb.records.schema` prints it."""

import json

from kb.records.drafts import RecordDraft


def render_schema() -> str:
    """Return the schema as it is committed in `schema/record.schema.json`."""
    schema = RecordDraft.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "As Claimed record"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(render_schema(), end="")
