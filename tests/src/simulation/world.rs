//! The world of a run: homes, their clocks, who can reach whom, and what was said.

use super::paper::Paper;
use super::{Outcome, Size};
use cairn_core::Id;
use cairn_core::entropy::SeededEntropy;
use cairn_core::id::digest;
use cairn_core::record::Acting;
use cairn_core::store::key_vault::FileKeyVault;
use cairn_core::store::{Circle, Founding, Vault};
use cairn_powercut::Powercut;
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The files of a home at some moment.
pub(super) type Files = Vec<(PathBuf, Vec<u8>)>;

/// A device with its home.
pub(super) struct Device {
    pub name: String,
    pub role: &'static str,
    pub folder: TempDir,
    pub power: Option<Powercut>,
    pub vault: Option<Vault>,
    /// Seconds its clock is ahead.
    pub ahead: i64,
    pub backup: Option<Files>,
    pub evil: bool,
    /// Devices of one side reach each other.
    pub side: u64,
}

/// Words that a device was told are kept.
pub(super) struct Said {
    pub words: String,
    pub circle: Id,
    pub group: &'static str,
    pub device: [u8; 32],
    /// Said when its device knew it was taken out.
    pub after_removal: bool,
    /// Said when a removal had left its device no key to seal it under.
    pub no_key: bool,
    /// Its author was put back past it; these had it then.
    pub only_with: Option<BTreeSet<usize>>,
}

pub(super) struct World {
    pub seed: u64,
    size: Size,
    pub steps: u64,
    dice: SeededEntropy,
    pub now: DateTime<FixedOffset>,
    pub devices: Vec<Device>,
    pub said: Vec<Said>,
    /// Texts tried so far: no two are the same.
    pub written: u64,
    pub forged: Vec<String>,
    /// Segments made in hostile hands, and the circle they were handed in for.
    pub forged_segments: Vec<(Id, [u8; 32])>,
    pub plans: BTreeMap<Id, Id>,
    /// The circle of the team that is shared with.
    pub team: Option<Id>,
    pub heard: VecDeque<Vec<u8>>,
    /// A stick for parcels, and what lay on it at some moment.
    pub stick: TempDir,
    pub stick_before: Option<Files>,
    /// Recovery codes of Mary's, used and not.
    pub papers: Vec<Paper>,
    pub counts: BTreeMap<&'static str, u64>,
    pub removals: u64,
    without: Vec<String>,
    trace: [u8; 32],
    aloud: bool,
}

fn folder(size: Size) -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = match size {
        Size::Small if memory.is_dir() => tempfile::tempdir_in(memory),
        _ => tempfile::tempdir(),
    };
    folder.expect("a folder")
}

impl World {
    pub fn begin(seed: u64, size: Size) -> World {
        let list = |name| std::env::var(name).unwrap_or_default();
        let mut world = World {
            seed,
            size,
            steps: 0,
            dice: SeededEntropy::new(seed),
            now: DateTime::parse_from_rfc3339("2026-03-16T10:00:00Z").expect("a date"),
            devices: Vec::new(),
            said: Vec::new(),
            written: 0,
            forged: Vec::new(),
            forged_segments: Vec::new(),
            plans: BTreeMap::new(),
            team: None,
            heard: VecDeque::new(),
            stick: folder(size),
            stick_before: None,
            papers: Vec::new(),
            counts: BTreeMap::new(),
            removals: 0,
            without: list("WITHOUT").split(',').map(str::to_owned).collect(),
            trace: [0; 32],
            aloud: !list("ALOUD").is_empty(),
        };
        world.steps = match size {
            Size::Small => 6 + world.below(10),
            Size::Full => 30 + world.below(50),
        };
        world.people();
        world
    }

    /// Whether a kind of act takes part; `WITHOUT` leaves some out while a fault is looked for.
    pub fn has(&self, kind: &str) -> bool {
        !self.without.iter().any(|left_out| left_out == kind)
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.dice.stream(&mut bytes);
        u64::from_le_bytes(bytes) % sides.max(1)
    }

    /// Whether something that takes long is in this history: always in a full one, else at one throw in so many.
    pub fn often(&mut self, sides: u64) -> bool {
        let thrown = self.below(sides);
        thrown == 0 || self.size == Size::Full
    }

    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len() as u64);
        all[at as usize].clone()
    }

    pub fn entropy(&mut self) -> SeededEntropy {
        SeededEntropy::new(self.below(u64::MAX))
    }

    pub fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Adds to the trace what happened.
    pub fn note(&mut self, what: &str) {
        self.trace = digest(&[b"trace/1", &self.trace, what.as_bytes()]);
        if self.aloud {
            println!("  {what}");
        }
    }

    /// Ends the run.
    pub fn fails(&self, what: &str) -> ! {
        panic!(
            "seed {0}: {what}\nto see the same again: SEEDS={0}..{0} ALOUD=1 cargo test -p cairn-tests --test simulation {1} -- --nocapture",
            self.seed,
            self.size.name()
        )
    }

    pub fn outcome(self) -> Outcome {
        Outcome {
            counts: self.counts,
            trace: self.trace,
        }
    }

    /// Whether no further device may come.
    pub fn is_crowded(&self) -> bool {
        let most = match self.size {
            Size::Small => 4,
            Size::Full => 8,
        };
        self.devices.len() >= most
    }

    /// A folder for a home.
    pub fn folder(&self) -> TempDir {
        folder(self.size)
    }

    /// A new home, empty.
    pub fn make(&mut self, name: &str, role: &'static str) -> usize {
        let folder = self.folder();
        let power = Powercut::watch(folder.path());
        let key = FileKeyVault::new(folder.path().join("device.key"));
        let entropy = self.entropy();
        let vault = Vault::create(folder.path(), &key, &entropy).expect("a new home");
        let ahead = match self.below(6) {
            0 => {
                self.count("clocks more than a year wrong");
                self.below(40) as i64 * 31_536_000 - 20 * 31_536_000
            }
            1 | 2 => self.below(7200) as i64 - 3600,
            _ => 0,
        };
        self.devices.push(Device {
            name: name.to_owned(),
            role,
            folder,
            power: Some(power),
            vault: Some(vault),
            ahead,
            backup: None,
            evil: false,
            side: 0,
        });
        self.devices.len() - 1
    }

    pub fn found(&mut self, at: usize) -> Circle {
        let (acting, entropy) = (self.acting(at), self.entropy());
        let name = self.devices[at].name.clone();
        let founding = Founding {
            person: &name,
            founder: None,
            title: None,
            born: None,
            place: None,
            zone: "Europe/London",
        };
        let founded = self.vault(at).found(&founding, acting, &entropy);
        founded.unwrap_or_else(|error| self.fails(&format!("founding: {error:?}")))
    }

    pub fn acting(&self, at: usize) -> Acting {
        Acting::at(self.now + chrono::Duration::seconds(self.devices[at].ahead))
    }

    pub fn vault(&mut self, at: usize) -> &mut Vault {
        let now = self.acting(at).at;
        let vault = self.devices[at].vault.as_mut().expect("it is open");
        vault.turn_to(now);
        vault
    }

    pub fn key(&self, at: usize) -> [u8; 32] {
        let vault = self.devices[at].vault.as_ref().expect("it is open");
        vault.keys().public().sign
    }

    /// The circles that a device keeps.
    pub fn circles(&self, at: usize) -> Vec<Circle> {
        let vault = self.devices[at].vault.as_ref().expect("it is open");
        vault.circles().unwrap_or_default()
    }

    pub fn circle(&self, at: usize, id: &Id) -> Option<Circle> {
        self.circles(at).into_iter().find(|c| c.id == *id)
    }

    /// Whether a device thinks it is in a circle.
    pub fn is_in(&self, at: usize, circle: &Circle) -> bool {
        let vault = self.devices[at].vault.as_ref().expect("it is open");
        let roster = vault.roster(circle).expect("a roster");
        roster.standing.present(&self.key(at)).is_some()
    }

    /// Closes a home and opens it again, as it lies there now.
    pub fn reopen(&mut self, at: usize) {
        let entropy = self.entropy();
        self.devices[at].vault = None;
        let home = self.devices[at].folder.path().to_owned();
        let key = FileKeyVault::new(home.join("device.key"));
        match Vault::open(&home, &key, &entropy) {
            Ok(vault) => {
                if let Some(notice) = vault.notice() {
                    self.fails(&format!(
                        "{} says {notice:?} at opening",
                        self.devices[at].name
                    ));
                }
                self.devices[at].vault = Some(vault);
            }
            Err(error) => self.fails(&format!(
                "{} does not open: {error:?}",
                self.devices[at].name
            )),
        }
    }
}
