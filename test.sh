#!/usr/bin/env bash
# Builds everything and runs every test. The last line is "N passed, N failed, N skipped".
# --full: the long form of the tests that have one (crash matrix, interleavings). Everything else goes to "dotnet test".
set -uo pipefail
cd "$(dirname "$0")"

if [[ -d ../shared/data ]]; then export SLUICE_TEST_DATA="${SLUICE_TEST_DATA:-$(cd ../shared/data && pwd)}"; fi

arguments=(); patience=10m
for argument in "$@"; do
  if [[ $argument == --full ]]; then export SLUICE_FULL=1; patience=30m; else arguments+=("$argument"); fi
done

# Real servers: a test whose server is missing fails from here on, where plain "dotnet test" skips it.
export SLUICE_REQUIRE_SERVICES=1
has() { command -v "$1" >/dev/null 2>&1; }
has_postgres() { { has initdb && has pg_ctl; } || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_chromium() { has chromium || has chromium-browser || has google-chrome; }
has_shells() { has zsh && has fish; }

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 ||
    { apt-get update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null; }
}
install_postgres() {
  # The package would start a server of its own; the tests start theirs.
  mkdir -p /etc/postgresql-common && [[ -e /etc/postgresql-common/createcluster.conf ]] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  install postgresql
}
install_redis() {
  # Nor may this one start its server: where the machine has no policy on services, there is one for as long as this takes.
  local policy=/usr/sbin/policy-rc.d made=0 status=0
  if [[ ! -e $policy ]]; then printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy" && made=1; fi
  install redis-server || status=1
  if [[ $made -eq 1 ]]; then rm -f "$policy"; fi
  return $status
}

# ensure NAME PACKAGES PRESENT... -- INSTALL...: installs what the tests need where it is missing, or says so.
ensure() {
  local name=$1 packages=$2; shift 2
  local present=()
  while [[ $1 != -- ]]; do present+=("$1"); shift; done
  shift
  if "${present[@]}"; then return; fi
  if [[ $EUID -eq 0 ]] && has apt-get; then
    echo "Installing $name for the tests (Debian: $packages)."
    "$@" || echo "$name could not be installed: its tests will fail."
  else
    echo "$name is missing and cannot be installed here (that needs root and apt-get): its tests will fail. Install: $packages."
  fi
}
ensure PostgreSQL postgresql has_postgres -- install_postgres
ensure Redis redis-server has redis-server -- install_redis
ensure Chromium chromium has_chromium -- install chromium
ensure "zsh and fish, in which the tab key is pressed," "zsh fish" has_shells -- install zsh fish
ensure tmux tmux has tmux -- install tmux

# npm_packages FOLDER: installs what the lockfile of a folder names, where that was not done yet. Any Node will do.
npm_packages() {
  if cmp -s "$1/package-lock.json" "$1/node_modules/.installed"; then return; fi
  echo "Installing the npm packages of $1."
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) && cp "$1/package-lock.json" "$1/node_modules/.installed"
}
page=0
if has npm; then
  # The official conformance suite of MCP, the Inspector and the TypeScript SDK, which drive the MCP server; a newer Node is among them.
  npm_packages tests/Sluice.Mcp.Tests/node || echo "The npm packages of the MCP tests could not be installed: their tests will fail."
  # Studio's page, which its assembly embeds: a first load over its budget fails the build.
  { npm_packages studio && (cd studio && npm run --silent build && npm test --silent); } || page=1
else
  echo "npm is missing: Studio's page cannot be built, and the tests that drive the MCP server will fail. Install Node.js."
  page=1
fi

configuration=Release
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
export SLUICE_REPORT="$results/report.txt"

dotnet build Sluice.slnx -c "$configuration" --nologo -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# The page in a real browser, against the real server, beside the other tests. Not when these were chosen by arguments.
browser=0
if [[ $page -eq 0 && ${#arguments[@]} -eq 0 ]]; then
  (cd studio && npx playwright test) >"$results/browser.txt" 2>&1 & browser=$!
fi

status=0
dotnet test Sluice.slnx -c "$configuration" --no-build --nologo \
  --blame-hang-timeout "$patience" --blame-hang-dump-type none --logger "trx" --logger "console;verbosity=minimal" --results-directory "$results" "${arguments[@]+"${arguments[@]}"}" || status=$?

if [[ $browser -ne 0 ]]; then
  wait "$browser" || page=1
  cat "$results/browser.txt"
fi
[[ $page -eq 0 ]] || echo "Studio's page failed: see above."

counters() { grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
total="$(counters total)"; executed="$(counters executed)"; passed="$(counters passed)"
failed=$((executed - passed)); skipped=$((total - executed))
passed=$((passed + $(grep -oE '^ +[0-9]+ passed' "$results/browser.txt" 2>/dev/null | grep -o '[0-9]*' || echo 0)))
if [[ $status -ne 0 && $failed -eq 0 ]]; then failed=1; fi
if [[ $total -eq 0 ]]; then status=1; failed=1; fi
if [[ $page -ne 0 ]]; then status=1; failed=$((failed + 1)); fi
cat "$SLUICE_REPORT" 2>/dev/null
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
