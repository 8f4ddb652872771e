//! The one table of commands. The command line, the help and the journeys are all read from it.
//!
//! Source: `cli.md`, Commands and Journeys.

/// A command: its name with a dot, and its arguments by the names journeys use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Noun and verb, such as `goal.add`; some have no verb.
    pub name: &'static str,
    /// Arguments by place. `?` at the end: may be left out; `*`: any number; `+`: one or more.
    pub positionals: &'static [&'static str],
    /// Options with a value.
    pub options: &'static [&'static str],
    /// Options without one.
    pub flags: &'static [&'static str],
    /// Options with one value or more.
    pub repeated: &'static [&'static str],
}

impl Command {
    /// The key of its sentence in the catalogue: `goal.take_up` has `help-goal-take-up`.
    pub fn help(&self) -> String {
        format!("help-{}", self.name.replace(['.', '_'], "-"))
    }

    /// Whether an argument of this name belongs to it.
    pub fn takes(&self, name: &str) -> bool {
        let by_place = self.positionals.iter().any(|given| bare(given) == name);
        by_place
            || [self.options, self.flags, self.repeated]
                .iter()
                .any(|names| names.contains(&name))
    }
}

/// The command of this name; hyphen and underscore are the same.
pub fn find(name: &str) -> Option<&'static Command> {
    let name = name.replace('-', "_");
    COMMANDS.iter().find(|command| command.name == name)
}

/// An argument's name without its mark.
pub fn bare(positional: &str) -> &str {
    positional.trim_end_matches(['?', '*', '+'])
}

/// The long option of an argument: `on_date` is `--on`, `at_time` is `--at`.
pub fn long(name: &str) -> String {
    match name {
        "on_date" => "on".into(),
        "at_time" => "at".into(),
        _ => name.replace('_', "-"),
    }
}

const NONE: &[&str] = &[];
const PLAN: &[&str] = &[
    "what", "bit", "when", "where", "often", "from", "review", "support", "replaces", "why",
];
const ENTRY: &[&str] = &["on_date", "at_time", "amount", "felt", "why", "note"];

const fn plain(name: &'static str, positionals: &'static [&'static str]) -> Command {
    with(name, positionals, NONE)
}

const fn with(
    name: &'static str,
    positionals: &'static [&'static str],
    options: &'static [&'static str],
) -> Command {
    full(name, positionals, options, NONE)
}

const fn full(
    name: &'static str,
    positionals: &'static [&'static str],
    options: &'static [&'static str],
    flags: &'static [&'static str],
) -> Command {
    Command {
        name,
        positionals,
        options,
        flags,
        repeated: NONE,
    }
}

/// Commands of the contract that come with a later version; until then they are refused in words.
pub const LATER: &[&str] = &["messages.move", "messages.send"];

/// Whether what was typed names a command of a later version, or a way to meet that comes with one.
pub fn is_later(argv: &[String]) -> bool {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    let by_relay = |word: &&str| *word == "--relay" || word.starts_with("--relay=");
    if words.iter().any(by_relay) {
        return words.iter().any(|word| matches!(*word, "sync" | "join"));
    }
    let named = |words: &[&str]| LATER.contains(&words.join(".").replace('-', "_").as_str());
    words.windows(2).any(named) || words.windows(1).any(named)
}

/// Every command.
pub const COMMANDS: &[Command] = &[
    with(
        "init",
        NONE,
        &["name", "role", "title", "born", "time_zone"],
    ),
    plain("about.set", &["section", "text"]),
    plain("about.show", NONE),
    plain("need.add", &["need"]),
    plain("need.list", NONE),
    with("goal.add", &["words"], &["importance", "confidence"]),
    plain("goal.list", NONE),
    plain("goal.show", &["goal"]),
    with("goal.rate", &["goal"], &["importance", "confidence", "why"]),
    plain("goal.take_up", &["goal"]),
    plain("goal.hold", &["goal"]),
    plain("goal.resume", &["goal"]),
    plain("goal.achieve", &["goal"]),
    with("goal.set_aside", &["goal"], &["why"]),
    plain("goal.reword", &["goal", "words"]),
    plain("goal.clinical", &["goal", "words"]),
    Command {
        repeated: &["levels"],
        ..with("goal.scale", &["goal"], &["weight", "baseline"])
    },
    plain("goal.score", &["goal", "value"]),
    plain("goal.t_score", &["goals*"]),
    plain("goal.withdraw", &["goal"]),
    with("agenda.add", &["text"], &["topic"]),
    plain("agenda.list", NONE),
    plain("agenda.agree", &["items+"]),
    with("ambivalence", &["text"], &["change"]),
    full("support.add", &["text"], &["kind"], &["asked"]),
    plain("support.list", NONE),
    plain("support.answer", &["support", "answer"]),
    Command {
        repeated: &["options"],
        ..with("decide", &["text"], &["mattered", "chose"])
    },
    plain("concern.add", &["goal", "text"]),
    plain("observe", &["kind", "text"]),
    with("activation.record", &["score"], &["level", "version"]),
    with("plan.new", &["goal"], PLAN),
    with("plan.edit", &["plan"], PLAN),
    plain("plan.list", &["goal?"]),
    plain("plan.show", &["plan"]),
    with("plan.rate", &["plan", "value"], &["why"]),
    plain("plan.smaller", &["plan", "kind", "text"]),
    with(
        "plan.agree",
        &["plan"],
        &["follow_up", "channel", "message", "anyway"],
    ),
    plain("plan.teach_back", &["plan", "text"]),
    with("plan.pause", &["plan"], &["why", "from", "until"]),
    plain("plan.resume", &["plan"]),
    with("plan.stop", &["plan"], &["why"]),
    plain("plan.withdraw", &["plan"]),
    plain("barrier.add", &["plan", "text"]),
    plain("barrier.list", NONE),
    plain("barrier.show", &["barrier"]),
    plain("barrier.let_go", &["barrier"]),
    plain("barrier.withdraw", &["barrier"]),
    full(
        "idea.add",
        &["barrier", "text"],
        NONE,
        &["offered", "asked"],
    ),
    plain("idea.choose", &["idea"]),
    with("idea.result", &["idea", "result"], &["note"]),
    plain("idea.withdraw", &["idea"]),
    with("today", NONE, &["on_date"]),
    plain("prompts", &["person?"]),
    with("prompt.later", &["prompt"], &["until", "why"]),
    with("offer.later", &["plan"], &["until"]),
    plain("offer.fine", &["plan"]),
    with("rest", NONE, &["why", "from", "until"]),
    plain("reminders", NONE),
    plain("draft.put", &["page", "text"]),
    plain("draft.get", &["page"]),
    plain("drop", &["plan", "did"]),
    with("log", &["plan", "did"], ENTRY),
    with("log.list", &["plan?"], &["from", "to"]),
    with("log.correct", &["entry", "did?"], ENTRY),
    plain("log.withdraw", &["entry"]),
    plain("restore", &["id"]),
    full("attach", &["id", "file?"], &["text"], &["get", "withdraw"]),
    full("follow_up.list", NONE, NONE, &["due"]),
    plain("follow_up.show", &["follow_up"]),
    with("follow_up.add", &["plan"], &["due", "channel", "message"]),
    with(
        "follow_up.record",
        &["follow_up"],
        &["channel", "reach", "to", "well", "challenging", "next"],
    ),
    plain("progress", &["plan?"]),
    plain("figures", NONE),
    plain("disagreements", NONE),
    plain("settle", &["disagreement", "choice"]),
    plain("record.show", NONE),
    plain("history", NONE),
    plain("circle.show", NONE),
    Command {
        repeated: &["part"],
        ..with("circle.invite", NONE, &["role", "until", "listen"])
    },
    with("circle.join", &["code"], &["peer", "folder"]),
    plain("circle.approve", &["request"]),
    plain("circle.refuse", &["request"]),
    Command {
        repeated: &["part"],
        ..full("circle.change", &["member"], &["until"], &["team"])
    },
    plain("circle.remove", &["member"]),
    plain("circle.late", &["accept?", "late?"]),
    with("device.add", NONE, &["listen"]),
    plain("device.list", NONE),
    with("device.join", &["code"], &["peer"]),
    plain("device.lost", &["device"]),
    plain("recovery.make", NONE),
    plain("recovery.try", &["code"]),
    with("recovery.use", &["code"], &["peer", "folder"]),
    plain("backup.make", &["file"]),
    with("backup.restore", &["file"], &["code"]),
    plain("zone.set", &["tz"]),
    full(
        "sync",
        NONE,
        &["peer", "listen", "folder"],
        &["stay", "text_only", "carry"],
    ),
    plain("status", NONE),
    full("people", NONE, NONE, &["needs_owner"]),
    with("people.add", &["name"], &["born", "place", "time_zone"]),
    full("people.end", &["person"], &["why"], &["undo"]),
    plain("people.same", &["a", "b"]),
    plain("use", &["person"]),
    plain("owner.set", &["person", "member"]),
    plain("team.make", &["name"]),
    plain("team.show", NONE),
    full("team.invite", NONE, NONE, &["keeper"]),
    plain("team.remove", &["member"]),
    with("team.leave", &["member"], &["to"]),
    plain("caseload", NONE),
    plain("visit.start", &["person"]),
    plain("visit.hand_phone", NONE),
    plain("visit.give_back", NONE),
    plain("visit.end", NONE),
    with("meeting", NONE, &["week"]),
    with("meeting.decide", &["line", "text"], &["owner", "by"]),
    Command {
        repeated: &["promise"],
        ..with("handover.make", NONE, &["to", "until"])
    },
    plain("handover.accept", &["handover"]),
    with("handover.refuse", &["handover"], &["why"]),
    plain("messages.list", NONE),
    plain("messages.stop", &["message"]),
    plain("search", &["words"]),
    plain("profile.list", NONE),
    plain("practice.start", NONE),
    plain("practice.end", NONE),
    with("export", &["kind"], &["format", "to"]),
    plain("import", &["file"]),
    plain("verify", NONE),
    full("erase", NONE, NONE, &["yes"]),
    with("replay", &["file"], &["over"]),
    plain("demo", NONE),
];
