// Not run here: see ../README.md.
plugins { alias(libs.plugins.kotlin.jvm) }

kotlin {
    jvmToolchain(17)
    sourceSets.test { kotlin.srcDir("src/testFixtures/kotlin") }
}

dependencies {
    api(project(":core"))
    testImplementation(libs.serialization.json)
    testImplementation(libs.kotlin.reflect)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.junit)
}

tasks.test {
    systemProperty("jna.library.path", rootDir.resolve("../target/bindings/lib"))
    systemProperty("cairn.root", rootDir.resolve(".."))
}
