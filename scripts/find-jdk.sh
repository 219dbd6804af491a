# Sets JAVA_HOME to a JDK 25 or newer; sourced by the scripts of this project.
# Looks at JAVA_HOME, then at the path, then where JDKs are usually installed.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")" -ge 25 ] 2>/dev/null
}

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" \
    "$(readlink -f "$(command -v javac 2>/dev/null)" 2>/dev/null | sed 's#/bin/javac$##')" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Gatehouse needs JDK 25: install it (for instance Eclipse Temurin 25) or set JAVA_HOME to one." >&2
  exit 1
}

find_jdk
