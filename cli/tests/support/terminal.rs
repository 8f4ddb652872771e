//! The real program on a real pseudo-terminal, as a person meets it.
#![allow(dead_code)]

use pty_process::blocking::{Command, Pty, open};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ExitStatus};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// The day most tests are on: a Monday.
pub const MONDAY: &str = "2026-03-16T10:00:00Z";
/// Longer than any answer takes; only a program that hangs meets it.
const HANGS: Duration = Duration::from_secs(90);

pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    chunks: Receiver<Vec<u8>>,
    /// What was shown since the last line was typed.
    shown: Vec<u8>,
    /// Everything that was ever shown.
    pub all: Vec<u8>,
    prompt: &'static str,
}

/// What to change of how the program is started.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub now: &'a str,
    pub lang: &'a str,
    pub env: &'a [(&'a str, &'a str)],
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Setting {
            now: MONDAY,
            lang: "en",
            env: &[("TERM", "xterm-256color")],
        }
    }
}

impl Terminal {
    pub fn start(home: &Path, setting: Setting) -> Terminal {
        Terminal::start_under(home, setting, &[])
    }

    /// Starts it under another program, such as strace with its options.
    pub fn start_under(home: &Path, setting: Setting, under: &[&str]) -> Terminal {
        let (pty, pts) = open().expect("a pseudo-terminal");
        pty.resize(pty_process::Size::new(50, 80)).unwrap();
        let cairn = env!("CARGO_BIN_EXE_cairn");
        let mut command = match under {
            [] => Command::new(cairn),
            [program, options @ ..] => Command::new(program).args(options).arg(cairn),
        };
        command = command
            .arg("--home")
            .arg(home)
            .args(["--now", setting.now, "--lang", setting.lang])
            .env_remove("CAIRN_KEY_FILE")
            .env_remove("CAIRN_HOME")
            .env_remove("CAIRN_NOW")
            .env_remove("NO_COLOR")
            .env("TZ", "Europe/London");
        for (name, value) in setting.env {
            command = command.env(name, value);
        }
        let child = command.spawn(pts).expect("cairn starts");
        let pty = Arc::new(pty);
        let (sender, chunks) = channel();
        let reader = Arc::clone(&pty);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // When the program has gone, reading its terminal fails.
            while let Ok(read @ 1..) = (&*reader).read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal {
            pty,
            child,
            chunks,
            shown: Vec::new(),
            all: Vec::new(),
            prompt: if setting.lang == "cy" {
                "Eich ateb: "
            } else {
                "Your answer: "
            },
        }
    }

    fn take(&mut self, chunk: Vec<u8>) {
        self.shown.extend(&chunk);
        self.all.extend(chunk);
    }

    /// What is shown when the next question has been asked.
    pub fn asked(&mut self) -> String {
        while !self.shown.ends_with(self.prompt.as_bytes()) {
            match self.chunks.recv_timeout(HANGS) {
                Ok(chunk) => self.take(chunk),
                Err(_) => panic!("no question came after:\n{}", text(&self.shown)),
            }
        }
        text(&self.shown)
    }

    /// As [`Terminal::asked`]; none where the program has gone first.
    pub fn asked_unless_gone(&mut self) -> Option<String> {
        while !self.shown.ends_with(self.prompt.as_bytes()) {
            match self.chunks.recv_timeout(HANGS) {
                Ok(chunk) => self.take(chunk),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => panic!("hangs after:\n{}", text(&self.shown)),
            }
        }
        Some(text(&self.shown))
    }

    /// Waits for a question, and checks which it is.
    #[track_caller]
    pub fn asks(&mut self, question: &str) -> String {
        let shown = self.asked();
        assert!(shown.contains(question), "not “{question}”:\n{shown}");
        shown
    }

    /// Types a line and Enter.
    pub fn types(&mut self, line: &str) {
        self.sends(format!("{line}\n").as_bytes());
    }

    /// Sends keys as they are.
    pub fn sends(&mut self, keys: &[u8]) {
        self.shown.clear();
        (&*self.pty)
            .write_all(keys)
            .expect("the terminal takes keys");
    }

    /// Ends the program as a power cut would.
    pub fn killed(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is gone");
    }

    /// Waits for the end, and gives what was shown since the last line.
    pub fn ended(mut self) -> (ExitStatus, String) {
        loop {
            match self.chunks.recv_timeout(HANGS) {
                Ok(chunk) => self.take(chunk),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("did not end:\n{}", text(&self.shown)),
            }
        }
        let status = self.child.wait().expect("it is gone");
        (status, text(&self.shown))
    }
}

/// Shown bytes as text, without line wrapping and styling.
pub fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let plain = text.replace("\u{1b}[1m", "").replace("\u{1b}[0m", "");
    plain.replace("\r\n", "\n")
}
