//! Versions stand in two places, for Maven and for Gradle: they are the same.

use crate::root;
use std::collections::BTreeMap;
use std::fs;

#[test]
fn maven_and_gradle_ask_for_the_same_versions() {
    let read = |file: &str| {
        fs::read_to_string(root().join("android").join(file)).expect("a build file can be read")
    };
    let gradle = gradle(&read("gradle/libs.versions.toml"));
    let maven = maven(&read("pom.xml"));
    assert!(gradle.len() > 10, "the versions were found: {gradle:?}");
    for (name, version) in &gradle {
        assert_eq!(maven.get(name), Some(version), "{name}: Maven, then Gradle");
    }
}

/// The versions of the catalogue.
fn gradle(text: &str) -> BTreeMap<String, String> {
    let section = text
        .split("[versions]")
        .nth(1)
        .and_then(|after| after.split("\n[").next())
        .unwrap_or_default();
    let lines = section.lines().filter_map(|line| line.split_once('='));
    lines
        .map(|(name, version)| {
            (
                name.trim().replace('-', "."),
                version.trim().trim_matches('"').to_owned(),
            )
        })
        .collect()
}

/// The properties of the parent pom.
fn maven(text: &str) -> BTreeMap<String, String> {
    let section = text
        .split("<properties>")
        .nth(1)
        .and_then(|after| after.split("</properties>").next())
        .unwrap_or_default();
    let lines = section
        .lines()
        .filter_map(|line| line.trim().strip_prefix('<')?.split_once('>'));
    lines
        .map(|(name, rest)| {
            (
                name.to_owned(),
                rest.split('<').next().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}
