// Not run here: see ../README.md. `cargo xtask bindings` writes the generated sources first.
plugins { alias(libs.plugins.kotlin.jvm) }

kotlin {
    jvmToolchain(17)
    sourceSets.main { kotlin.srcDir(rootDir.resolve("../target/bindings/kotlin")) }
}

dependencies {
    api(libs.coroutines.core)
    api(libs.jna)
}
