//! A Debian root of its own that holds Swift, kept in the user's cache between runs.
//!
//! Debian 12 has no Swift; the next release has. So that release is put into a folder, and Swift runs inside it. Mounts
//! and processes are in namespaces of their own: they are gone when the command ends, however it ends.

use crate::install;
use crate::run::{self, program};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Debian release that has Swift 6.0.3.
const RELEASE: &str = "trixie";

/// Swift, its runtime and Foundation, Swift Testing, and what its linker needs.
const PACKAGES: [&str; 5] = [
    "swiftlang",
    "libswiftlang",
    "swiftlang-dev",
    "libc6-dev",
    "libstdc++-14-dev",
];

/// Inside a root: written last, so that a root without it is half finished.
const STAMP: &str = ".cairn-complete";

/// A whole root with Swift in it.
#[derive(Debug)]
pub struct Root(PathBuf);

impl Root {
    /// Runs a shell script inside. The checkout is at `/checkout` and cannot be written to; `/build` is a folder of the
    /// checkout's `target` and can.
    pub fn run(&self, script: &str) -> Result<(), String> {
        let checkout = std::env::current_dir().map_err(said("the checkout"))?;
        let build = checkout.join("target/swift");
        fs::create_dir_all(build.join("home")).map_err(said("target/swift"))?;
        let mut command = apart();
        command
            .args(["sh", "-euc"])
            .arg(
                "mount -t proc proc \"$1/proc\"; \
                 mkdir -p \"$1/checkout\" \"$1/build\"; \
                 mount --bind \"$2\" \"$1/checkout\"; \
                 mount -o remount,bind,ro \"$1/checkout\"; \
                 mount --bind \"$3\" \"$1/build\"; \
                 exec chroot \"$1\" env -i HOME=/build/home LANG=C.UTF-8 \
                   PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -euc \"$4\"",
            )
            .arg("sh")
            .args([&self.0, &checkout, &build])
            .arg(script);
        eprintln!("> in {}: {script}", self.0.display());
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("What ran in the root ended with {status}.")),
            Err(error) => Err(format!("Nothing could be run in the root: {error}")),
        }
    }
}

/// The root, installed first if it is missing or half finished.
pub fn ready() -> Result<Root, String> {
    let cache = cache()?;
    fs::create_dir_all(&cache).map_err(said("the cache folder"))?;
    // Two runs at once would build the same folder.
    let lock = File::create(cache.join("lock")).map_err(said("the cache folder"))?;
    lock.lock().map_err(said("the cache folder"))?;
    let root = cache.join("root");
    if fs::read_to_string(root.join(STAMP)).is_ok_and(|stamp| stamp == recipe()) {
        return Ok(Root(root));
    }
    if !apart()
        .arg("true")
        .status()
        .is_ok_and(|status| status.success())
    {
        return Err("Swift runs in a Debian root of its own. \
                    Please run this command as root: it must mount and chroot."
            .into());
    }
    eprintln!(
        "Installing Swift, which is missing: Debian {RELEASE} with {} into {} (about 3 GB, some minutes).",
        PACKAGES.join(" "),
        root.display()
    );
    let part = cache.join("root.part");
    for old in [&part, &root] {
        remove(old)?;
    }
    install_into(&part)?;
    fs::write(part.join(STAMP), recipe()).map_err(said("the stamp"))?;
    fs::rename(&part, &root).map_err(said("the finished root"))?;
    Ok(Root(root))
}

/// What a root was made from; another recipe asks for another root.
fn recipe() -> String {
    format!("{RELEASE} {}\n", PACKAGES.join(" "))
}

/// `$XDG_CACHE_HOME/cairn/swift`, or the same under `~/.cache`.
fn cache() -> Result<PathBuf, String> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .ok_or("There is no cache folder: neither XDG_CACHE_HOME nor HOME is set.")?;
    Ok(base.join("cairn/swift"))
}

fn install_into(root: &Path) -> Result<(), String> {
    install::packages(&["debootstrap", "debian-archive-keyring"])?;
    let mirror = mirror()?;
    let mut debootstrap = apart();
    debootstrap
        .args(["debootstrap", "--variant=minbase", RELEASE])
        .arg(root)
        .arg(&mirror);
    program(&mut debootstrap)?;
    carry_network_settings(root)?;
    let mut inside = apart();
    inside
        .args([
            "sh",
            "-euc",
            "root=$1; shift; mount -t proc proc \"$root/proc\"; \
             chroot \"$root\" env DEBIAN_FRONTEND=noninteractive \
               apt-get install --yes --no-install-recommends \"$@\"; \
             chroot \"$root\" apt-get clean; chroot \"$root\" swift --version",
            "sh",
        ])
        .arg(root)
        .args(PACKAGES);
    program(&mut inside)
}

/// The beginning of a command whose mounts nobody else sees and end with it, and that ends with everything it started
/// when this program ends, even by force.
fn apart() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "unshare"]);
    command.args(["--mount", "--propagation", "private"]);
    command.args(["--pid", "--fork", "--kill-child", "--"]);
    command
}

/// The Debian mirror this machine's apt is set up with, or the one named in `CAIRN_DEBIAN_MIRROR`.
fn mirror() -> Result<String, String> {
    if let Ok(named) = std::env::var("CAIRN_DEBIAN_MIRROR") {
        return Ok(named);
    }
    let format = "$(LABEL)|$(COMPONENT)|$(REPO_URI)";
    let listed = run::answer(Command::new("apt-get").args([
        "indextargets",
        "--format",
        format,
        "Identifier: Packages",
    ]))?;
    listed
        .lines()
        .find_map(|line| line.strip_prefix("Debian|main|"))
        .map(str::to_owned)
        .ok_or_else(|| {
            "apt has no Debian mirror set up here; name one in CAIRN_DEBIAN_MIRROR.".into()
        })
}

/// Inside the root apt must find its mirror as it does outside: by the same name server and the same proxies.
fn carry_network_settings(root: &Path) -> Result<(), String> {
    fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf")).map_err(said("resolv.conf"))?;
    let settings = run::answer(Command::new("apt-config").arg("dump"))?;
    let proxies: String = settings
        .lines()
        .filter(|line| line.to_ascii_lowercase().contains("::proxy"))
        .flat_map(|line| [line, "\n"])
        .collect();
    fs::write(root.join("etc/apt/apt.conf.d/90host-proxy"), proxies).map_err(said("apt's proxies"))
}

/// Removes an old or half-finished root, but never through a mount somebody made inside it.
fn remove(root: &Path) -> Result<(), String> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").map_err(said("the list of mounts"))?;
    let inside = format!("{}/", root.display());
    if let Some(mount) = mounts
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .find(|mount| mount.starts_with(&inside))
    {
        return Err(format!("Please unmount {mount} first."));
    }
    match fs::remove_dir_all(root) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(said("an old root")(error)),
        _ => Ok(()),
    }
}

fn said(what: &'static str) -> impl Fn(io::Error) -> String {
    move |error| format!("{what}: {error}")
}
