//! `cairn-dictionary FILE` makes the dictionary again and says whether the file is that, byte for byte;
//! `cairn-dictionary FILE --write` writes it. Run by `cargo xtask dictionary`.

mod text;

use std::process::ExitCode;

/// Bytes of the dictionary.
const SIZE: usize = 16 * 1024;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [file] => compare(file),
        [file, "--write"] => made().and_then(|made| {
            println!("{} bytes", made.len());
            std::fs::write(file, made).map_err(|error| error.to_string())
        }),
        _ => Err("cairn-dictionary FILE [--write]".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn made() -> Result<Vec<u8>, String> {
    zstd::dict::from_samples(&text::samples(), SIZE).map_err(|error| error.to_string())
}

fn compare(file: &str) -> Result<(), String> {
    let kept = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    if made()? != kept {
        return Err(format!(
            "{file} is another dictionary than the one made here"
        ));
    }
    println!(
        "{file} is what is made here, byte for byte ({} bytes)",
        kept.len()
    );
    Ok(())
}
