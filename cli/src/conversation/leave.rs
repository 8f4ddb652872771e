//! Leaving by Ctrl-C: kindly, and never in the middle of a save.

use super::show;
use cairn_core::words::Words;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Longer than a terminal takes to drop what it was about to show.
const LET_IT_DROP: Duration = Duration::from_millis(100);

static SAVING: Mutex<()> = Mutex::new(());

/// Does something that Ctrl-C waits for.
pub fn undisturbed<T>(saves: impl FnOnce() -> T) -> T {
    let _saving = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    saves()
}

/// From now on Ctrl-C says that everything is saved, and ends.
pub fn kindly_on_interrupt(words: Words) {
    // Without a handler Ctrl-C ends the program as ever, and no answer is gone then either.
    let _ = ctrlc::set_handler(move || {
        let _saving = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
        // The terminal drops what is on its way to the screen right after it has sent the signal.
        std::thread::sleep(LET_IT_DROP);
        show::say(&format!("\n{}", words.say("talk-stopped", &[])));
        std::process::exit(0);
    });
}
