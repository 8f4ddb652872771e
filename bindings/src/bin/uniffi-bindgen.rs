//! Makes the Kotlin and Swift files; `cargo xtask bindings` calls it with its arguments.

fn main() {
    uniffi::uniffi_bindgen_main();
}
