# A private PostgreSQL server for one test run: own folder, socket only, no durability; sourced by ./test.

postgres_bin() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb 2>/dev/null || true)")"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && "$folder/postgres" --version >/dev/null 2>&1; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# initdb refuses root, so a server account runs it.
as_server() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif id postgres >/dev/null 2>&1; then
    (cd / && exec runuser -u postgres -- "$@")
  else
    (cd / && exec runuser -u nobody -- "$@")
  fi
}

# Arguments go to the server.
postgres_start() {
  PG_BIN="$(postgres_bin)" || return 1
  PG_DIR="$(mktemp -d /tmp/zhongshu-pg.XXXXXX)"
  [ "$(id -u)" != 0 ] || chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$PG_DIR"
  as_server "$PG_BIN/initdb" -D "$PG_DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
    >"$STAGE_LOG" 2>&1 || { cat "$STAGE_LOG" >&2; return 1; }
  as_server "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/server.log" -w -s start -o "-k $PG_DIR -c listen_addresses='' \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=100 -c shared_buffers=128MB $*" ||
    { cat "$PG_DIR/server.log" >&2; return 1; }
  PG_URL="postgresql://postgres@/zhongshu?host=$PG_DIR"
}

postgres_stop() {
  [ -n "${PG_DIR:-}" ] || return 0
  as_server "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop >/dev/null 2>&1 || true
  rm -rf "$PG_DIR"
  PG_DIR=
}
