"""Values under keys: configurations, and objects of a list of models."""

from tests.reading.documents import claims_of

CONFIG = """{"model_type": "toyla", "max_position_embeddings": 4096, "vocab_size": 32000,
 "num_local_experts": 8, "vision_config": {"max_position_embeddings": 77}}"""


def test_a_configuration():
    found = claims_of(CONFIG, "config.json")
    assert found == {
        ("context_length", "toyla", 4096.0),
        ("vocab_size", "toyla", 32000.0),
        ("experts", "toyla", 8.0),
    }


OBJECT = """export default {
  name: 'Toyla Large 5', // the name
  weights: [{ license: 'MIT', parameters: '70', contextSize: '64k', minGpuRam: { bf16: '140' } }],
  pricing: { input: [{ price: 0.5, priceEur: 0.45 }], output: [{ price: 1.5 }] },
  ratings: { input: 4.0, output: 2.0 },
};"""


def test_an_object_of_a_program():
    found = claims_of(OBJECT, "card.ts")
    assert ("params_total", "Toyla Large 5", 70e9) in found
    assert ("context_length", "Toyla Large 5", 64e3) in found
    assert ("hardware_fit", "Toyla Large 5", "140 GB") in found
    prices = {value for kind, _, value in found if kind == "price"}
    assert prices == {0.5, 0.45, 1.5}


LIST_OF_OBJECTS = """export const models = [
  { displayName: 'Borealis A 24', contextWindowTokens: 64_000, maxOutput: 4_096,
    pricing: { units: [{ name: 'textInput', rate: 0.2 }, { name: 'textOutput', rate: 0.8 }] } },
  { displayName: 'Borealis B 24', contextWindowTokens: 32_000,
    pricing: { currency: 'CNY', units: [{ name: 'textInput', rate: 3 }] } },
];"""


def test_each_object_of_a_list_is_about_its_own_model():
    found = claims_of(LIST_OF_OBJECTS, "models.ts")
    assert {
        ("context_length", "Borealis A 24", 64e3),
        ("output_length", "Borealis A 24", 4096.0),
        ("context_length", "Borealis B 24", 32e3),
    } <= found


def test_a_price_has_the_side_beside_it_and_is_left_in_its_currency():
    prices = {claim for claim in claims_of(LIST_OF_OBJECTS, "models.ts") if claim[0] == "price"}
    assert prices == {("price", "Borealis A 24", 0.2), ("price", "Borealis A 24", 0.8)}


def test_one_named_object_does_not_make_a_list():
    found = claims_of(
        '{"name": "Toyla-3-8B", "text": {"name": "x", "vocab_size": 64000}}', "a.json"
    )
    assert found == {("vocab_size", "Toyla-3-8B", 64e3)}
