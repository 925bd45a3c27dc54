"""No claim is put into a vendor's mouth: each stands in its own document, or in a quotation of it.

Held here against the record files as they are written, by other means than the code that names the
makers of claims.
"""

import json

import yaml

from kb.domain.claim_keys import make_claim_id
from kb.domain.names import make_model_id
from kb.records.files import parse_record
from tests.processes import run_kb


def list_grounds(path):
    """For each claim of a file by its id: whether a vendor's document or quotation holds it."""
    draft = parse_record(path.read_bytes(), str(path)).draft
    plain = yaml.safe_load(path.read_text())
    vendor = plain["model"]["vendor"].casefold()
    model_id = make_model_id(draft.model.vendor, draft.model.name)
    for claim, written in zip(draft.claims, plain.get("claims", ()), strict=True):
        grounds = [_is_vendors(plain, sighting, vendor) for sighting in written["sightings"]]
        yield make_claim_id(model_id, claim), any(grounds) and "question" not in written


def _is_vendors(plain, sighting, vendor):
    if sighting.get("disputes"):
        return False
    source = plain["sources"][sighting["source"]]
    passed = sighting.get("attribution")
    if passed:
        speaker = passed.get("of") or passed["who"]
        return passed["how"] == "quoted" and speaker.casefold() == vendor
    speaker = sighting.get("said_by") or source.get("author") or source["publisher"]
    return speaker.casefold() == vendor and source["kind"] != "release"


def test_no_vendor_is_charged_with_what_it_did_not_say(settings, records):
    for command in (("init",), ("load", str(records)), ("judge",)):
        assert run_kb(settings, *command).returncode == 0
    claims = json.loads(run_kb(settings, "claims", "--json").stdout)
    grounds = dict(pair for path in sorted(records.glob("*.yaml")) for pair in list_grounds(path))
    charged = {claim["id"] for claim in claims if claim["is_vendors_claim"]}
    said = {key for key, is_vendors in grounds.items() if is_vendors}
    assert charged <= said
    assert len(charged) > 10
    for claim in claims:
        if claim["maker"] == claim["vendor"]:
            assert claim["id"] in said, claim["claimed_text"]
        if claim["said_by"].startswith(claim["vendor"]):
            assert claim["is_vendors_claim"], claim["claimed_text"]
