//! What kind of file it is, told by its first bytes, never by its name.

/// A kind of file that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture: JPEG.
    Jpeg,
    /// A picture: PNG.
    Png,
    /// A picture: WebP.
    Webp,
    /// A picture: HEIC, as iPhones take them.
    Heic,
    /// A sound: MPEG-4 without film, as phones record voices.
    M4a,
    /// A sound: AAC in its plain stream (ADTS).
    Aac,
    /// A sound: Ogg, Opus among it.
    Ogg,
    /// A sound: WAV.
    Wav,
    /// A document: PDF.
    Pdf,
}

/// Boxes of an MPEG-4 or HEIC file name what it holds in these 4 bytes.
const PICTURE_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];
const SOUND_BRANDS: [&[u8]; 2] = [b"M4A ", b"M4B "];
const ANY_BRANDS: [&[u8]; 7] = [
    b"isom", b"iso2", b"mp41", b"mp42", b"3gp4", b"3gp5", b"3gp6",
];

impl Kind {
    /// Every kind that can be kept.
    pub const ALL: [Kind; 9] = [
        Kind::Jpeg,
        Kind::Png,
        Kind::Webp,
        Kind::Heic,
        Kind::M4a,
        Kind::Aac,
        Kind::Ogg,
        Kind::Wav,
        Kind::Pdf,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpeg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Heic => "heic",
            Kind::M4a => "m4a",
            Kind::Aac => "aac",
            Kind::Ogg => "ogg",
            Kind::Wav => "wav",
            Kind::Pdf => "pdf",
        }
    }

    /// The kind of these bytes, or `None` for one that is not on the list.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        let at = |from: usize, wanted: &[u8]| bytes.get(from..from + wanted.len()) == Some(wanted);
        if at(0, &[0xff, 0xd8, 0xff]) {
            return Some(Kind::Jpeg);
        }
        if at(0, b"\x89PNG\r\n\x1a\n") {
            return Some(Kind::Png);
        }
        if at(0, b"RIFF") && at(8, b"WEBP") {
            return Some(Kind::Webp);
        }
        if at(0, b"RIFF") && at(8, b"WAVE") {
            return Some(Kind::Wav);
        }
        if at(0, b"OggS") {
            return Some(Kind::Ogg);
        }
        if at(0, b"%PDF-") {
            return Some(Kind::Pdf);
        }
        if at(4, b"ftyp") {
            return boxed(bytes, bytes.get(8..12)?);
        }
        // ADTS: 12 bits set, then layer 0.
        let adts = matches!(bytes, [0xff, second, _, ..] if second & 0xf6 == 0xf0);
        adts.then_some(Kind::Aac)
    }
}

/// Picture or sound by the brand. Android writes a voice under the brand of a film: then it is one only if no track
/// shows anything.
fn boxed(bytes: &[u8], brand: &[u8]) -> Option<Kind> {
    if PICTURE_BRANDS.contains(&brand) {
        return Some(Kind::Heic);
    }
    if SOUND_BRANDS.contains(&brand) {
        return Some(Kind::M4a);
    }
    let handles = |what: &[u8]| {
        let mut boxes = bytes.windows(16);
        boxes.any(|window| window.starts_with(b"hdlr") && window.get(12..16) == Some(what))
    };
    (ANY_BRANDS.contains(&brand) && handles(b"soun") && !handles(b"vide")).then_some(Kind::M4a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_the_first_bytes_and_anything_else_has_none() {
        let known: [(&[u8], Kind); 9] = [
            (b"\xff\xd8\xff\xe0", Kind::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Kind::Png),
            (b"RIFF1234WEBP", Kind::Webp),
            (b"RIFF1234WAVE", Kind::Wav),
            (b"OggS", Kind::Ogg),
            (b"%PDF-1.7", Kind::Pdf),
            (b"\0\0\0\x18ftypheic", Kind::Heic),
            (b"\0\0\0\x18ftypM4A ", Kind::M4a),
            (b"\xff\xf1\x50", Kind::Aac),
        ];
        for (bytes, kind) in known {
            assert_eq!(Kind::of(bytes), Some(kind));
            assert_eq!(Kind::of(&bytes[..2]), None, "{kind:?} cut short");
        }
        let others: [&[u8]; 5] = [b"", b"MZ\x90", b"<svg", b"PK\x03\x04", b"\xff\xfb\x90"];
        for bytes in others {
            assert_eq!(Kind::of(bytes), None);
        }
    }

    #[test]
    fn a_voice_in_a_box_for_films_is_a_sound_and_a_film_is_not_kept() {
        let track = |what: &[u8]| [b"hdlr\0\0\0\0\0\0\0\0", what].concat();
        let start = b"\0\0\0\x18ftypmp42".as_slice();
        let voice = [start, &track(b"soun"), b"more"].concat();
        assert_eq!(Kind::of(&voice), Some(Kind::M4a));
        let film = [start, &track(b"soun"), &track(b"vide"), b"more"].concat();
        assert_eq!(Kind::of(&film), None);
        assert_eq!(Kind::of(start), None);
    }
}
