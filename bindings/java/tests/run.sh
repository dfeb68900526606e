#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh RESULTS.xml: compiles the tests against the jar that the build made and runs them with JUnit 5.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
WORK="$ROOT/build/java-tests"
JARS=/usr/share/java
CLASSPATH="$ROOT/build/bindings/java/tuoyu.jar:$JARS/gson.jar"
for jar in junit-jupiter-api junit-jupiter-engine junit-jupiter-params junit-platform-commons junit-platform-console \
           junit-platform-engine junit-platform-launcher junit-platform-reporting opentest4j apiguardian-api picocli univocity-parsers; do
    CLASSPATH="$CLASSPATH:$JARS/$jar.jar"
done

rm -rf "$WORK"
mkdir -p "$WORK"
javac -encoding UTF-8 -Xlint:all -Xlint:-processing,-classfile,-path -cp "$CLASSPATH" -d "$WORK" "$ROOT"/bindings/java/tests/*.java
java -Dtuoyu.root="$ROOT" -cp "$WORK:$CLASSPATH" org.junit.platform.console.ConsoleLauncher \
    --scan-classpath "$WORK" --reports-dir "$WORK/reports" --disable-banner --details=tree
cp "$WORK/reports/TEST-junit-jupiter.xml" "$1"
