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
has_postgres() { { command -v initdb && command -v pg_ctl; } >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
install_postgres() {
  # The package would start a server of its own; the tests start theirs.
  mkdir -p /etc/postgresql-common && [[ -e /etc/postgresql-common/createcluster.conf ]] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql >/dev/null 2>&1 ||
    { apt-get update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql >/dev/null; }
}
if ! has_postgres; then
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL for the tests (Debian package postgresql)."
    install_postgres || echo "PostgreSQL could not be installed: its tests will fail."
  else
    echo "PostgreSQL is missing and cannot be installed here (that needs root and apt-get): its tests will fail. Install 'initdb' and 'pg_ctl'."
  fi
fi

install_redis() {
  # Nor may this one start its server: where the machine has no policy on services, there is one for as long as this takes.
  local policy=/usr/sbin/policy-rc.d made=0 status=0
  if [[ ! -e $policy ]]; then printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod +x "$policy" && made=1; fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server >/dev/null 2>&1 ||
    { apt-get update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends redis-server >/dev/null; } || status=1
  if [[ $made -eq 1 ]]; then rm -f "$policy"; fi
  return $status
}
if ! command -v redis-server >/dev/null 2>&1; then
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Redis for the tests (Debian package redis-server)."
    install_redis || echo "Redis could not be installed: its tests will fail."
  else
    echo "Redis is missing and cannot be installed here (that needs root and apt-get): its tests will fail. Install 'redis-server'."
  fi
fi

install_chromium() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >/dev/null 2>&1 ||
    { apt-get update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium >/dev/null; }
}
if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1; then
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests (Debian package chromium)."
    install_chromium || echo "Chromium could not be installed: its tests will fail."
  else
    echo "Chromium is missing and cannot be installed here (that needs root and apt-get): its tests will fail. Install 'chromium'."
  fi
fi

install_tmux() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tmux >/dev/null 2>&1 ||
    { apt-get update >/dev/null 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends tmux >/dev/null; }
}
if ! command -v tmux >/dev/null 2>&1; then
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing tmux for the tests (Debian package tmux)."
    install_tmux || echo "tmux could not be installed: its tests will fail."
  else
    echo "tmux is missing and cannot be installed here (that needs root and apt-get): its tests will fail. Install 'tmux'."
  fi
fi

# What drives the MCP server: the official conformance suite, the Inspector and the TypeScript SDK. npm needs any Node; a newer one is among the packages.
if command -v npm >/dev/null 2>&1; then
  node=tests/Sluice.Mcp.Tests/node
  if ! cmp -s "$node/package-lock.json" "$node/node_modules/.installed"; then
    echo "Installing the npm packages of the MCP tests."
    { (cd "$node" && npm ci --no-audit --no-fund --loglevel=error) && cp "$node/package-lock.json" "$node/node_modules/.installed"; } ||
      echo "The npm packages of the MCP tests could not be installed: their tests will fail."
  fi
else
  echo "npm is missing: the tests that drive the MCP server will fail. Install Node.js."
fi

configuration=Release
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT
export SLUICE_REPORT="$results/report.txt"

dotnet build Sluice.slnx -c "$configuration" --nologo -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

status=0
dotnet test Sluice.slnx -c "$configuration" --no-build --nologo \
  --blame-hang-timeout "$patience" --blame-hang-dump-type none --logger "trx" --logger "console;verbosity=minimal" --results-directory "$results" "${arguments[@]+"${arguments[@]}"}" || status=$?

counters() { grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
total="$(counters total)"; executed="$(counters executed)"; passed="$(counters passed)"
failed=$((executed - passed)); skipped=$((total - executed))
if [[ $status -ne 0 && $failed -eq 0 ]]; then failed=1; fi
if [[ $total -eq 0 ]]; then status=1; failed=1; fi
cat "$SLUICE_REPORT" 2>/dev/null
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
