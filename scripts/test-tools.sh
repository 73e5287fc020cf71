#!/usr/bin/env bash
# What the tests need beside the packages of this folder: linters for OpenAPI, a browser for the HTML report, openssl for certificates, Python for an example.
# Where they are missing and this is Debian or Ubuntu, installs their packages; elsewhere says what to install.
set -uo pipefail
cd "$(dirname "$0")/.."
# What the OpenAPI description is held against, in a folder of its own: the suite needs none of it.
tools=test/openapi/tools
if ! cmp -s "$tools/package-lock.json" "$tools/node_modules/.installed-lock.json"; then
  echo "Installing what the OpenAPI description is held against: $tools"
  npm --prefix "$tools" ci --ignore-scripts --no-audit --no-fund --loglevel error || exit 1
  cp "$tools/package-lock.json" "$tools/node_modules/.installed-lock.json"
fi
missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
command -v openssl > /dev/null || missing+=(openssl)
command -v python3 > /dev/null || missing+=(python3)
[ "${#missing[@]}" -eq 0 ] && exit 0
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if ! command -v apt-get > /dev/null || { [ "$(id -u)" -ne 0 ] && ! command -v sudo > /dev/null; }; then
  echo "The tests need ${missing[*]}; install them, chromium as /usr/bin/chromium, and run again." >&2
  exit 1
fi
echo "Installing what the tests need: ${missing[*]}"
log=$(mktemp)
if { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install -y "${missing[@]}"; } > "$log" 2>&1; then
  rm -f "$log"
  exit 0
fi
tail -n 20 "$log" >&2
echo "Could not install ${missing[*]}; install them, chromium as /usr/bin/chromium, and run again. The whole log: $log" >&2
exit 1
