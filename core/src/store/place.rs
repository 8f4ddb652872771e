//! Where the vault's file lies: the signs by which a copied home is told from the same home after a restart.
//! Source of the rule: docs/adr/0013.

use std::fs;
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
        }
    }

    /// Whether a file here is another one than the file that was there: a copy, or a home that was put back.
    ///
    /// The same number made at the same nanosecond is the same file, whatever its file system is called today.
    /// Where one of the two moments is not known, the file system's number decides with the file's.
    pub fn is_another_than(&self, kept: &Place) -> bool {
        let dated = self.born != 0 && kept.born != 0;
        self.inode != kept.inode
            || if dated {
                self.born != kept.born
            } else {
                self.device != kept.device
            }
    }

    /// 24 bytes: device, inode, born.
    pub fn to_bytes(self) -> Vec<u8> {
        [self.device, self.inode, self.born]
            .map(u64::to_le_bytes)
            .concat()
    }

    /// Reads [`Place::to_bytes`]; `None` for another length.
    pub fn read(bytes: &[u8]) -> Option<Place> {
        let (numbers, []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let [device, inode, born] = *<&[[u8; 8]; 3]>::try_from(numbers).ok()?;
        Some(Place {
            device: u64::from_le_bytes(device),
            inode: u64::from_le_bytes(inode),
            born: u64::from_le_bytes(born),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place = Place {
        device: 1,
        inode: 2,
        born: 3,
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
