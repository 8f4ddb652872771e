#!/bin/sh
# unpack.sh AARS CLASSES: AARS/NAME.aar becomes the folder AARS/NAME, and the classes of all of them go into CLASSES.
set -eu
mkdir -p "$2"
for aar in "$1"/*.aar; do
  folder=${aar%.aar}
  [ -d "$folder" ] && continue
  unzip -qo "$aar" -d "$folder"
  for jar in "$folder"/classes.jar "$folder"/libs/*.jar; do
    if [ -f "$jar" ]; then unzip -qo "$jar" -d "$2"; fi
  done
done
