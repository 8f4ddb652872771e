//! Where the vault's file lies: the signs by which a copied home is told from the same home after a restart.
//! Source of the rule: docs/adr/0013.

use super::drop_box::KEY_NAME;
use std::fs::{self, Metadata};
use std::path::Path;

/// The numbers the operating system gives a file. A number is 0 where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the file system. Several number themselves anew at each start.
    pub device: u64,
    /// Number of the file in it.
    pub inode: u64,
    /// When the file was made there, in nanoseconds since 1970. No copying program can set it.
    pub born: u64,
    /// When the file of the published key beside it was last changed, in nanoseconds since 1970. It is written once, so
    /// another moment means that a copy was laid over it. No program can set this one either.
    pub beside: u64,
}

impl Place {
    /// Where this file lies now; all zeros on a platform without such numbers.
    pub fn of(path: &Path) -> Place {
        let Ok(about) = fs::metadata(path) else {
            return Place::default();
        };
        let (device, inode) = super::io::place_of(path).unwrap_or_default();
        let born = about.created().ok().filter(|_| inode != 0);
        let born = born.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
        Place {
            device,
            inode,
            born: born
                .and_then(|since| u64::try_from(since.as_nanos()).ok())
                .unwrap_or(0),
            beside: fs::metadata(path.with_file_name(KEY_NAME)).map_or(0, |key| changed(&key)),
        }
    }

    /// Whether a file here is another one than the file that was there: a copy, or a home that was put back.
    ///
    /// The same number made at the same nanosecond is the same file, whatever its file system is called today.
    /// Where one of the two moments is not known, the file system's number decides with the file's. Whoever copies over
    /// the file leaves it its number and its moment; what lies beside it was copied over too, and shows it.
    pub fn is_another_than(&self, kept: &Place) -> bool {
        let dated = self.born != 0 && kept.born != 0;
        let laid_over = self.beside != 0 && kept.beside != 0 && self.beside != kept.beside;
        laid_over
            || self.inode != kept.inode
            || if dated {
                self.born != kept.born
            } else {
                self.device != kept.device
            }
    }

    /// 32 bytes: device, inode, born, beside.
    pub fn to_bytes(self) -> Vec<u8> {
        [self.device, self.inode, self.born, self.beside]
            .map(u64::to_le_bytes)
            .concat()
    }

    /// Reads [`Place::to_bytes`], and the 24 bytes of earlier versions, which did not look beside; `None` for another length.
    pub fn read(bytes: &[u8]) -> Option<Place> {
        let (numbers, []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let (device, inode, born, beside) = match *numbers {
            [device, inode, born] => (device, inode, born, [0; 8]),
            [device, inode, born, beside] => (device, inode, born, beside),
            _ => return None,
        };
        Some(Place {
            device: u64::from_le_bytes(device),
            inode: u64::from_le_bytes(inode),
            born: u64::from_le_bytes(born),
            beside: u64::from_le_bytes(beside),
        })
    }
}

/// When a file's bytes, name or rights were last changed, in nanoseconds since 1970; 0 where that is not kept.
fn changed(about: &Metadata) -> u64 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds =
            i128::from(about.ctime()) * 1_000_000_000 + i128::from(about.ctime_nsec());
        u64::try_from(nanoseconds).unwrap_or(0)
    }
    #[cfg(not(unix))]
    {
        let _ = about;
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place = Place {
        device: 1,
        inode: 2,
        born: 3,
        beside: 4,
    };

    #[test]
    fn a_file_system_that_numbers_itself_anew_makes_no_copy() {
        let restarted = Place { device: 9, ..HERE };
        assert!(!restarted.is_another_than(&HERE));
    }

    #[test]
    fn another_number_or_another_moment_of_making_is_another_file() {
        assert!(Place { inode: 9, ..HERE }.is_another_than(&HERE));
        assert!(Place { born: 9, ..HERE }.is_another_than(&HERE));
    }

    #[test]
    fn the_same_file_beside_a_key_that_was_written_over_was_put_back() {
        assert!(Place { beside: 9, ..HERE }.is_another_than(&HERE));
        let unknown = Place { beside: 0, ..HERE };
        assert!(!unknown.is_another_than(&HERE));
        assert!(!HERE.is_another_than(&unknown));
    }

    #[test]
    fn without_a_moment_of_making_the_file_systems_number_decides() {
        let undated = Place { born: 0, ..HERE };
        assert!(!undated.is_another_than(&HERE));
        assert!(
            Place {
                device: 9,
                ..undated
            }
            .is_another_than(&HERE)
        );
        assert!(Place { device: 9, ..HERE }.is_another_than(&undated));
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Place::read(&HERE.to_bytes()), Some(HERE));
        assert_eq!(Place::read(&HERE.to_bytes()[..16]), None);
        let earlier = Place { beside: 0, ..HERE };
        assert_eq!(Place::read(&HERE.to_bytes()[..24]), Some(earlier));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_copy_is_another_file_and_a_renamed_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        fs::write(&one, b"x").unwrap();
        let kept = Place::of(&one);
        fs::copy(&one, &two).unwrap();
        assert!(Place::of(&two).is_another_than(&kept));
        fs::rename(&one, &two).unwrap();
        assert!(!Place::of(&two).is_another_than(&kept));
    }
}
