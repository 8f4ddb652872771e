#!/bin/sh
# The Kotlin half of `cargo xtask bench-border`, which sets CAIRN_LIBRARY and CAIRN_BENCH_*. `cargo xtask bindings` comes first.
set -eu
android=$(cd "$(dirname "$0")" && pwd)
out=$android/../target/android/core
mvn --quiet --batch-mode --no-transfer-progress --file "$android/pom.xml" --projects core \
  test-compile dependency:build-classpath -Dmdep.outputFile="$out/bench.cp" >&2
exec java -Djna.library.path="$CAIRN_LIBRARY" -cp "$out/classes:$out/test-classes:$(cat "$out/bench.cp")" cairn.bridge.BorderBenchKt
