#!/usr/bin/env bash
# The browser tests need a Chromium: use the one that is there, install the system's where we may.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "test: installing Chromium from the system's packages"
    { apt-get update -qq && apt-get install -y -qq chromium; } >/dev/null && exit 0
fi
echo "test: no Chromium; the browser tests will be skipped. Install it: apt-get install chromium" >&2
