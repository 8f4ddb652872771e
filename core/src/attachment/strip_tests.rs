use super::*;
use img_parts::jpeg::JpegSegment;
use img_parts::png::PngChunk;

/// Latitude and a few words, as a camera writes them: a directory with the way up and a GPS directory.
fn camera(up: u8) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, up, 0, 0, 0]);
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    // The GPS directory: north or south, as one letter.
    tiff.extend([1, 0, 1, 0, 2, 0, 2, 0, 0, 0, b'N', 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(b"51.4816 N 3.1791 W");
    tiff
}

fn piece(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = (contents.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], &length[..], contents].concat()
}

/// A JPEG in the order a camera writes it, with a film hung behind it.
fn photo(up: u8) -> Vec<u8> {
    [
        b"\xff\xd8".to_vec(),
        piece(markers::APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        piece(
            markers::APP1,
            &[b"Exif\0\0".as_slice(), &camera(up)].concat(),
        ),
        piece(
            markers::APP1,
            b"http://ns.adobe.com/xap/1.0/\0<gps>51.4816</gps>",
        ),
        piece(markers::APP2, b"ICC_PROFILE\0\x01\x01colours"),
        piece(markers::APP2, b"MPF\0second picture"),
        piece(markers::APP13, b"Photoshop 3.0\0Cardiff"),
        piece(markers::DQT, &[0; 65]),
        piece(markers::COM, b"taken at home"),
        piece(markers::SOS, &[1, 1, 0, 0, 63, 0]),
        b"\x12\x34\xff\x00\x56\xff\xd0\x78".to_vec(),
        // A second scan with a table before it whose bytes look like the end.
        piece(markers::DHT, b"\x00\xff\xd9\x00"),
        piece(markers::SOS, &[1, 1, 0, 0, 63, 0]),
        b"\x9a\xff\xd9".to_vec(),
        b"ftypmp42 film at 51.4816".to_vec(),
    ]
    .concat()
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn up(kind: Kind, bytes: Vec<u8>) -> Option<u32> {
    let bytes = Bytes::from(bytes);
    let exif = match kind {
        Kind::Jpeg => Jpeg::from_bytes(bytes).unwrap().exif(),
        _ => Png::from_bytes(bytes).unwrap().exif(),
    };
    let read = exif::Reader::new().read_raw(exif?.to_vec()).unwrap();
    assert_eq!(read.fields().count(), 1, "nothing but which way up");
    read.get_field(Tag::Orientation, In::PRIMARY)?
        .value
        .get_uint(0)
}

#[test]
fn of_a_photo_the_picture_its_colours_and_its_way_up_stay_and_the_place_goes() {
    let kept = strip(Kind::Jpeg, photo(6)).unwrap();
    for gone in [
        b"51.4816".as_slice(),
        b"Cardiff",
        b"at home",
        b"adobe",
        b"MPF",
        b"film",
    ] {
        assert!(!holds(&kept, gone));
    }
    for stays in [b"JFIF".as_slice(), b"ICC_PROFILE", b"\x12\x34\xff\x00\x56"] {
        assert!(holds(&kept, stays));
    }
    assert!(kept.ends_with(b"\x9a\xff\xd9"));
    assert_eq!(up(Kind::Jpeg, kept.clone()), Some(6));
    assert_eq!(
        strip(Kind::Jpeg, kept.clone()).unwrap(),
        kept,
        "again changes nothing"
    );
    assert_eq!(up(Kind::Jpeg, strip(Kind::Jpeg, photo(1)).unwrap()), None);
}

#[test]
fn of_a_png_what_was_written_beside_the_picture_goes() {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        PngChunk::new(*kind, Bytes::from(contents.to_vec()))
            .encoder()
            .bytes()
    };
    let picture = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]).to_vec(),
        chunk(b"eXIf", &camera(8)).to_vec(),
        chunk(b"tEXt", b"Comment\0Cardiff").to_vec(),
        chunk(b"gAMA", &[0, 0, 0xb1, 0x8f]).to_vec(),
        chunk(b"prVt", b"Cardiff").to_vec(),
        chunk(b"IDAT", b"points").to_vec(),
        chunk(b"IEND", b"").to_vec(),
    ]
    .concat();
    let kept = strip(Kind::Png, picture).unwrap();
    assert!(!holds(&kept, b"Cardiff") && !holds(&kept, b"51.4816"));
    assert!(holds(&kept, b"gAMA") && holds(&kept, b"points"));
    assert_eq!(up(Kind::Png, kept), Some(8));
}

#[test]
fn of_a_webp_what_was_written_beside_the_picture_goes() {
    let chunk = |kind: &[u8; 4], contents: &[u8]| {
        let length = (contents.len() as u32).to_le_bytes();
        [kind.as_slice(), &length, contents].concat()
    };
    let chunks = [
        chunk(b"VP8X", &[0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        chunk(b"VP8L", b"\x2f\x00\x00\x00\x00\x00"),
        chunk(b"EXIF", &[camera(3), vec![0; 1]].concat()[..66]),
        chunk(b"XMP ", b"<gps>51.4816</gps>"),
        chunk(b"prVt", b"Cardiff."),
    ]
    .concat();
    let length = (chunks.len() as u32 + 4).to_le_bytes();
    let picture = [b"RIFF".as_slice(), &length, b"WEBP", &chunks].concat();
    let kept = strip(Kind::Webp, picture).unwrap();
    assert!(!holds(&kept, b"51.4816") && !holds(&kept, b"Cardiff"));
    assert!(holds(&kept, b"VP8L"));
}

#[test]
fn no_cut_of_a_photo_ends_the_program_and_none_lets_a_place_through() {
    let whole = photo(6);
    for length in 0..whole.len() {
        if let Some(kept) = strip(Kind::Jpeg, whole[..length].to_vec()) {
            assert!(!holds(&kept, b"51.4816"), "cut at {length}");
        }
    }
    assert!(
        strip(
            Kind::Jpeg,
            JpegSegment::new(markers::APP0).encoder().bytes().to_vec()
        )
        .is_none()
    );
    assert!(strip(Kind::Png, b"\x89PNG\r\n\x1a\n".to_vec()).is_none());
    assert!(strip(Kind::Webp, b"RIFF\x04\0\0\0WEBP".to_vec()).is_none());
}
