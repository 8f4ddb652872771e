//! What several fuzz targets share.

use sha2::{Digest, Sha256};

/// An automerge chunk around any content, with the checksum and length that fit.
pub fn chunk(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    let mut length = content.len();
    while length > 0x7f {
        hashed.push(length as u8 | 0x80);
        length >>= 7;
    }
    hashed.push(length as u8);
    hashed.extend(content);
    let sum = Sha256::digest(&hashed);
    [&[0x85, 0x6f, 0x4a, 0x83], &sum[..4], &hashed].concat()
}
