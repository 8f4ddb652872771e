// Not run here: see ../README.md. The library for phones goes to src/main/jniLibs, by
// `cargo ndk -t arm64-v8a -o android/app/src/main/jniLibs build --release --package cairn-bindings`.
plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.android)
    alias(libs.plugins.compose.compiler)
}

kotlin { jvmToolchain(17) }

android {
    namespace = "cairn.app"
    compileSdk = 35
    defaultConfig {
        applicationId = "cairn.app"
        minSdk = 26
        targetSdk = 35
        versionCode = 1
        versionName = "0.1.0"
    }
    buildTypes { release { isMinifyEnabled = true; proguardFiles("keep.pro") } }
    testOptions.unitTests.isIncludeAndroidResources = true
    sourceSets.getByName("test").kotlin.srcDir("../present/src/testFixtures/kotlin")
}

dependencies {
    implementation(project(":ui"))
    implementation(libs.activity.compose)
    implementation(libs.coroutines.android)
    implementation(libs.jna) { artifact { type = "aar" } }
    testImplementation(libs.serialization.json)
    testImplementation(libs.kotlin.reflect)
    testImplementation(libs.robolectric)
    testImplementation(libs.compose.test)
    testImplementation(libs.androidx.test.core)
    testImplementation(libs.junit)
}
