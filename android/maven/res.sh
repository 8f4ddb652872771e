#!/bin/sh
# res.sh ANDROID OUT ANDROID_JAR: merges the manifests, compiles and links the resources of the app and of every AAR.
# Writes OUT/app/res: AndroidManifest.xml, res.apk and java/ with the R classes. Needs aapt2 (Debian package aapt).
set -eu
android=$1 out=$2 sdk=$3
res=$out/app/res
rm -rf "$res"
mkdir -p "$res/flat" "$res/java"
packages= flats= manifests=
for folder in "$out"/libs/aar/*/; do
  package=$(sed -n 's/.*package="\([^"]*\)".*/\1/p' "$folder/AndroidManifest.xml" | head -1)
  packages=${packages:+$packages:}$package
  if grep -q '<application\|<uses-permission\|<permission' "$folder/AndroidManifest.xml"; then
    manifests=${manifests:+$manifests:}$folder/AndroidManifest.xml
  fi
  [ -n "$(ls "$folder/res" 2>/dev/null)" ] || continue
  flat=$res/flat/$(basename "$folder").zip
  aapt2 compile --dir "$folder/res" -o "$flat"
  flats="$flats -R $flat"
done
# The package and the SDK numbers go in as properties, as Gradle's `namespace` does: the merger refuses them in the manifest.
java -cp "$(cat "$out/tools.cp")" com.android.manifmerger.Merger \
  --main "$android/app/src/main/AndroidManifest.xml" --libs "$manifests" \
  --property PACKAGE=cairn.app --property MIN_SDK_VERSION=26 --property TARGET_SDK_VERSION=35 \
  --property VERSION_CODE=1 --property VERSION_NAME=0.1.0 \
  --remove-tools-declarations --out "$res/AndroidManifest.xml" --log WARNING
aapt2 compile --dir "$android/app/src/main/res" -o "$res/flat/app.zip"
aapt2 link --auto-add-overlay -I "$sdk" --manifest "$res/AndroidManifest.xml" --java "$res/java" \
  --extra-packages "$packages" -o "$res/res.apk" $flats -R "$res/flat/app.zip"
