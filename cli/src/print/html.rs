//! A page to print: by itself, in its language, at the person's print size, with a heading for each plan.

use cairn_core::words::Words;

/// Print size where no need says another, in points.
const USUAL: u8 = 14;

/// One plan: its heading, and its lines as label and value.
pub type Lines = (String, Vec<(String, String)>);

/// The page. It asks for nothing from elsewhere and has no script.
pub fn html(words: Words, name: &str, points: Option<u8>, plans: &[Lines]) -> String {
    let points = points.unwrap_or(USUAL);
    let title = escape(&words.say("print-title", &[("name", name.into())]));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>body{{font:{points}pt/1.5 sans-serif;color:#000;background:#fff;max-width:40em;margin:1em}}\
         h1,h2{{font-size:1.25em}}dt{{font-weight:bold}}dd{{margin:0 0 .5em;white-space:pre-wrap}}\
         section{{break-inside:avoid}}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        words.lang().code()
    );
    if plans.is_empty() {
        page.push_str(&format!(
            "<p>{}</p>\n",
            escape(&words.say("cli-nothing", &[]))
        ));
    }
    for (heading, lines) in plans {
        page.push_str(&format!("<section>\n<h2>{}</h2>\n<dl>\n", escape(heading)));
        for (label, value) in lines {
            let (label, value) = (escape(label), escape(value));
            page.push_str(&format!("<dt>{label}</dt>\n<dd>{value}</dd>\n"));
        }
        page.push_str("</dl>\n</section>\n");
    }
    page + "</main>\n</body>\n</html>\n"
}

/// A person's words as text and never as markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
