//! The two catalogues as Fluent bundles, read at first use and kept for the life of the process.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use super::{Arg, Lang};

type Bundle = FluentBundle<&'static FluentResource>;

/// The catalogue of a language as it was written.
pub(super) fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../words/en.ftl"),
        Lang::Cy => include_str!("../../words/cy.ftl"),
    }
}

/// The keys of a catalogue, in its order, found without parsing it.
pub(super) fn keys(lang: Lang) -> impl Iterator<Item = &'static str> {
    source(lang)
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim_end()))
}

/// Whether this catalogue itself has a message under this key.
pub(super) fn has(lang: Lang, key: &str) -> bool {
    bundle(lang, false)
        .get_message(key)
        .is_some_and(|message| message.value().is_some())
}

/// The message with its arguments put in; none where this catalogue does not have the key.
pub(super) fn format(
    lang: Lang,
    isolating: bool,
    key: &str,
    args: &[(&str, Arg<'_>)],
) -> Option<String> {
    let bundle = bundle(lang, isolating);
    let pattern = bundle.get_message(key)?.value()?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => values.set(*name, *text),
            Arg::Number(number) => values.set(*name, *number),
        }
    }
    // Fluent writes `{$name}` where an argument was not given: that shows, and the page still opens.
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut faults);
    Some(text.into_owned())
}

/// One bundle a language for plain text and one for screens, because isolating is a setting of the bundle.
fn bundle(lang: Lang, isolating: bool) -> &'static Bundle {
    static BUNDLES: [[OnceLock<Bundle>; 2]; 2] = [const { [const { OnceLock::new() }; 2] }; 2];
    BUNDLES[lang as usize][usize::from(isolating)].get_or_init(|| {
        let locale: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = Bundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(isolating);
        // A key written twice keeps its first message; the lint reports it.
        let _ = bundle.add_resource(resource(lang));
        bundle
    })
}

fn resource(lang: Lang) -> &'static FluentResource {
    static RESOURCES: [OnceLock<FluentResource>; 2] = [const { OnceLock::new() }; 2];
    RESOURCES[lang as usize].get_or_init(|| {
        // What cannot be read is left out and the rest is kept; the lint reports it.
        FluentResource::try_new(source(lang).to_owned()).unwrap_or_else(|(rest, _)| rest)
    })
}
