"""What vLLM 0.32 said when it started, and the config of the model it served without a GPU."""

SMOL = {"model_type": "llama", "vocab_size": 49152, "hidden_size": 576, "intermediate_size": 1536,
        "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3,
        "head_dim": 64, "tie_word_embeddings": True, "dtype": "float32"}  # fmt: skip
CPU_LOG = """\
(Worker pid=1) INFO [weight_utils.py:1108] Filesystem type for checkpoints: EXT4. Checkpoint size: \
0.50 GiB. Available RAM: 20.77 GiB.
(Worker pid=1) INFO [cpu_worker.py:260] Explicitly set (4.0/18.34) GiB for KV cache on node 0.
(EngineCore pid=2) INFO [kv_cache_utils.py:2327] CPU KV cache size: 93,184 tokens, Maximum \
concurrency for 8,192 tokens per request: 11.38x
"""
GPU_LOG = """\
INFO [gpu_model_runner.py] Model loading took 15.0 GiB memory and 3.1 seconds
INFO [gpu_worker.py] Available KV cache memory: 52.25 GiB
INFO [kv_cache_utils.py] GPU KV cache size: 428,032 tokens
"""
