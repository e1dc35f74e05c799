# Sourced by src/test/campaign/run.sh and src/test/mutants/run.sh, in the root of the tree: compiles once, and runs tests without Maven.

# build DIRECTORY: classes and class path of this tree, away from target/classes, which a later build changes.
build() {
  [ -e "$1/classpath" ] && return
  rm -rf "$1" target/classes target/test-classes
  # The house rules know tests by the name target/test-classes.
  mkdir -p "$1/target"
  ./mvnw -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$1/dependencies" || return 1
  cp -r target/classes target/test-classes "$1/target/"
  mv "$1/dependencies" "$1/classpath"
}

# run_tests CLASSES TEST_CLASSES CLASS_PATH usual|chaos SELECTION [OPTION...]: as Surefire would, in this directory.
run_tests() {
  local classes=$1 test_classes=$2 path=$3 tag=$4 selection=$5
  shift 5
  java -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.timezone=America/New_York -Dfile.encoding=UTF-8 "$@" \
    -cp "$test_classes:$classes:$path" io.creditrollover.campaign.SelectedTests "$tag" "$selection" </dev/null
}
