// Not run here: see ../README.md.
plugins {
    alias(libs.plugins.kotlin.multiplatform)
    alias(libs.plugins.android.library)
    alias(libs.plugins.compose)
    alias(libs.plugins.compose.compiler)
}

kotlin {
    jvmToolchain(17)
    androidTarget()
    jvm("desktop")
    sourceSets {
        commonMain.dependencies {
            api(project(":present"))
            implementation(compose.material3)
        }
        getByName("desktopTest") {
            kotlin.srcDir("../present/src/testFixtures/kotlin")
            dependencies {
                implementation(compose.desktop.currentOs)
                implementation(compose.desktop.uiTestJUnit4)
                implementation(libs.serialization.json)
                implementation(libs.kotlin.reflect)
                implementation(libs.junit)
            }
        }
    }
}

android {
    namespace = "cairn.ui"
    compileSdk = 35
    defaultConfig { minSdk = 26 }
}
