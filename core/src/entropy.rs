//! Where random bytes come from.
//!
//! The core knows no random source of its own: a shell passes one in, so that a journey or a test can be
//! played again byte for byte.

use crate::error::Result;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A source of random bytes. A shell implements it over the operating system's source.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random bytes.
    ///
    /// # Errors
    /// [`crate::error::Error::Storage`] when the source cannot be read; the content of `bytes` is then
    /// undefined and nothing may be made from it.
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// Bytes that follow from a seed: SHA-256 in counter mode. For tests, journeys and benches, never for a
/// person's record: whoever knows the seed knows all that follows.
///
/// Block `i` is SHA-256("entropy/1" ‖ seed ‖ i as 8 little-endian bytes). A call takes whole blocks and
/// leaves what is over, so calls of one thread give the same bytes on every run.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SeededEntropy {
    seed: [u8; 32],
    #[zeroize(skip)]
    next: AtomicU64,
}

impl SeededEntropy {
    /// A source from a small number, as tests and journeys name it.
    pub fn new(seed: u64) -> SeededEntropy {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        SeededEntropy::from_bytes(bytes)
    }

    /// A source from 32 bytes. As unpredictable as they are.
    pub fn from_bytes(seed: [u8; 32]) -> SeededEntropy {
        SeededEntropy {
            seed,
            next: AtomicU64::new(0),
        }
    }

    /// Like [`Entropy::fill`], which cannot fail here.
    pub fn stream(&self, bytes: &mut [u8]) {
        let blocks = bytes.len().div_ceil(32) as u64;
        let first = self.next.fetch_add(blocks, Ordering::Relaxed);
        for (block, piece) in (0..blocks).zip(bytes.chunks_mut(32)) {
            let hash: [u8; 32] = Sha256::new()
                .chain_update(b"entropy/1")
                .chain_update(self.seed)
                .chain_update(first.wrapping_add(block).to_le_bytes())
                .finalize()
                .into();
            piece.copy_from_slice(&hash[..piece.len()]);
        }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        self.stream(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(source: &SeededEntropy, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        source.stream(&mut bytes);
        bytes
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let (one, two) = (SeededEntropy::new(7), SeededEntropy::new(7));
        for length in [0, 1, 31, 32, 33, 100] {
            assert_eq!(take(&one, length), take(&two, length));
        }
        assert_ne!(
            take(&SeededEntropy::new(7), 32),
            take(&SeededEntropy::new(8), 32)
        );
    }

    #[test]
    fn no_block_comes_twice() {
        let source = SeededEntropy::from_bytes([3; 32]);
        let mut blocks = std::collections::BTreeSet::new();
        for length in [32, 64, 5, 96] {
            for block in take(&source, length).chunks(32) {
                assert!(blocks.insert(block.to_vec()));
            }
        }
    }
}
