//! What was measured, as text for a person: goals with their figures, and `BENCHMARKS.md`.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// One figure, with the goal it is held against if there is one.
pub struct Line {
    /// What was measured.
    pub what: String,
    /// The figure, with its unit.
    pub figure: f64,
    /// Its unit: `×`, `MB`, `bytes`, …
    pub unit: &'static str,
    /// The goal.
    pub goal: Option<Goal>,
    /// Said beside a goal that was missed: why, and what it would take.
    pub if_missed: &'static str,
}

/// What a figure is to be.
#[derive(Clone, Copy)]
pub enum Goal {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
}

impl Goal {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Goal::AtMost(limit) => figure <= limit,
            Goal::AtLeast(limit) => figure >= limit,
        }
    }
}

/// A table with its heading and a few words before and after.
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// How it was measured.
    pub how: String,
    /// The figures.
    pub lines: Vec<Line>,
    /// What the goals are figured from: rows of text, the first the heading.
    pub beside: Vec<Vec<String>>,
}

impl Section {
    /// A section with nothing in it yet.
    pub fn new(title: &'static str, how: impl Into<String>) -> Section {
        Section {
            title,
            how: how.into(),
            lines: Vec::new(),
            beside: Vec::new(),
        }
    }

    /// Adds a figure that has a goal.
    pub fn goal(
        &mut self,
        what: &str,
        figure: f64,
        unit: &'static str,
        goal: Goal,
        if_missed: &'static str,
    ) {
        self.lines.push(Line {
            what: what.into(),
            figure,
            unit,
            goal: Some(goal),
            if_missed,
        });
    }

    /// Adds a figure beside the goals.
    pub fn figure(&mut self, what: &str, figure: f64, unit: &'static str) {
        self.lines.push(Line {
            what: what.into(),
            figure,
            unit,
            goal: None,
            if_missed: "",
        });
    }

    /// The section as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "## {}\n\n{}\n\n| what | figure | goal | |\n| --- | ---: | ---: | --- |\n",
            self.title, self.how
        );
        for line in &self.lines {
            let (goal, met) = match line.goal {
                None => (String::new(), ""),
                Some(goal) => {
                    let limit = match goal {
                        Goal::AtMost(limit) => format!("≤ {}", number(limit)),
                        Goal::AtLeast(limit) => format!("≥ {}", number(limit)),
                    };
                    let met = if goal.is_met(line.figure) {
                        "met"
                    } else {
                        "**missed**"
                    };
                    (format!("{limit} {}", line.unit), met)
                }
            };
            let _ = writeln!(
                text,
                "| {} | {} {} | {goal} | {met} |",
                line.what,
                number(line.figure),
                line.unit
            );
        }
        for line in &self.lines {
            if line.goal.is_some_and(|goal| !goal.is_met(line.figure)) {
                let _ = write!(text, "\n**Missed: {}.** {}\n", line.what, line.if_missed);
            }
        }
        if let Some((heading, rows)) = self.beside.split_first() {
            let _ = write!(
                text,
                "\n| {} |\n|{}\n",
                heading.join(" | "),
                " --- |".repeat(heading.len())
            );
            for row in rows {
                let _ = writeln!(text, "| {} |", row.join(" | "));
            }
        }
        text
    }
}

/// Writes the file.
pub fn write(path: &Path, sections: &[Section]) -> Result<(), String> {
    let goals = || {
        sections
            .iter()
            .flat_map(|section| &section.lines)
            .filter_map(|line| line.goal.map(|goal| (line, goal)))
    };
    let met = goals()
        .filter(|(line, goal)| goal.is_met(line.figure))
        .count();
    let mut text = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; not by hand. {met} of {} goals were met in this run.\n\n{}\n",
        goals().count(),
        profile()
    );
    for section in sections {
        let _ = write!(text, "\n{}", section.markdown());
    }
    text.push_str(NOT_MEASURED);
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

const NOT_MEASURED: &str = "
## Not measured here

- The relay.
- The size of the library: `cargo xtask size` measures it.
- A phone. Nothing here was run on one; its disk and its processor have other ratios.
";

/// The machine in general words.
fn profile() -> String {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemTotal:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    });
    let gigabytes = memory.map_or(0, |kilobytes| kilobytes.div_ceil(1 << 20));
    let valgrind = Command::new("valgrind").arg("--version").output();
    let valgrind = valgrind.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    format!(
        "A virtual machine: {processors} processors ({}), {gigabytes} GB of memory, {}, a file system on a virtual disk. \
         Release build. Instructions and heap come from {}, which counts alike however busy the machine is. \
         Times are medians of runs that took turns; only their ratios mean something, and they were taken beside other work.\n\n\
         The history is that of an invented person, the same from the same seed for everybody measured: one or two plans a \
         year, about three entries a week with notes of 36 bytes on average, ratings, barriers with ideas, rests and \
         follow-ups. The year of the one-year person is the last of the ten.",
        std::env::consts::ARCH,
        std::env::consts::OS,
        valgrind.unwrap_or_else(|_| "valgrind".into()),
    )
}

/// A figure with as many digits as say something.
pub fn number(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 || size == size.trunc() => grouped(figure.round() as i64),
        size if size >= 10.0 => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}

fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}
