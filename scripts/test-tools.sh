#!/usr/bin/env bash
# Installs the tools of the tests that are not packages of this folder: linters for OpenAPI, test runners, a mutation tester,
# a browser for the HTML report, openssl for certificates, and Python for an example. If system packages are missing,
# installs them on Debian or Ubuntu; elsewhere prints what to install.
set -uo pipefail
cd "$(dirname "$0")/.."
# Tools that test the OpenAPI description, the package and the tests, in separate folders, because the suite does not need them.
installs=()
for tools in test/openapi/tools test/runners/tools test/mutation/tools; do
  cmp -s "$tools/package-lock.json" "$tools/node_modules/.installed-lock.json" && continue
  echo "Installing what the tests need: $tools"
  {
    npm --prefix "$tools" ci --ignore-scripts --no-audit --no-fund --loglevel error &&
      cp "$tools/package-lock.json" "$tools/node_modules/.installed-lock.json"
  } &
  installs+=("$!")
done
for install in "${installs[@]}"; do wait "$install" || exit 1; done
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
