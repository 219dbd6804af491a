#!/usr/bin/env bash
# com.ongres.stringprep:saslprep 2.2, the preparation of passwords for SCRAM in Java.
#
# The library refuses what SASLprep (RFC 4013) prohibits with IllegalArgumentException, which callers catch.
# A text whose characters are all mapped to nothing, for instance one soft hyphen, is prohibited by nothing;
# it fails with ArrayIndexOutOfBoundsException instead of an empty result or the expected exception.
#
# Seen: ArrayIndexOutOfBoundsException
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for artifact in saslprep:2.2 stringprep:2.2; do
  mvn -q -B dependency:copy -Dartifact=com.ongres.stringprep:$artifact -DoutputDirectory="$folder" >/dev/null 2>&1
done
cat > Prepare.java <<'JAVA'
import com.ongres.saslprep.SASLprep;

class Prepare {
  public static void main(String[] arguments) {
    try {
      System.out.println("prepared: '" + new SASLprep().prepareStored("\u00AD") + "'");
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }
}
JAVA
seen=$(java -cp "$folder/saslprep-2.2.jar:$folder/stringprep-2.2.jar" Prepare.java)
echo "$seen"
[ "$seen" = ArrayIndexOutOfBoundsException ]
