#!/usr/bin/env bash
# 在一个私有的 PostgreSQL 上测量：bench/on_postgres.sh --size 1000000 --out var/bench/pg-1m.json
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/setup.sh
. tools/postgres.sh
STAGE_LOG="$(mktemp)"
trap 'postgres_stop; rm -rf "$STAGE_LOG" "$ZHONGSHU_VAR_DIR"' EXIT
ZHONGSHU_VAR_DIR="$(mktemp -d)"
export ZHONGSHU_VAR_DIR
postgres_start
as_server "$PG_BIN/psql" -h "$PG_DIR" -U postgres -qc "ALTER SYSTEM SET shared_buffers = '1GB'" \
  -c "ALTER SYSTEM SET work_mem = '32MB'" -c "ALTER SYSTEM SET max_wal_size = '4GB'" \
  -c "ALTER SYSTEM SET maintenance_work_mem = '512MB'" -c "ALTER SYSTEM SET random_page_cost = 1.1"
as_server "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/server.log" -w -s restart
as_server "$PG_BIN/createdb" -h "$PG_DIR" -U postgres zhongshu
BENCH_POSTGRES_PID="$(head -1 "$PG_DIR/data/postmaster.pid")"
export BENCH_POSTGRES_PID DATABASE_URL="$PG_URL"
"$BIN/python" -m "${BENCH_MODULE:-bench}" "$@"
