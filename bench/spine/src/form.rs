//! Reads the fields of a form from a page, as a browser that changes nothing would send them.

use url::form_urlencoded;

/// The fields of the form whose `action` ends with `action`.
pub(crate) fn fields(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split("<form").find(|part| {
        let tag = part.split('>').next().unwrap_or_default();
        attribute(tag, "action").is_some_and(|a| a.ends_with(action))
    });
    let Some(form) = form.and_then(|part| part.split("</form").next()) else { return Vec::new() };
    let mut fields = Vec::new();
    for part in form.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = attribute(tag, "name");
        match (tag.split_whitespace().next(), name) {
            (Some("input"), Some(name)) => {
                let kind = attribute(tag, "type").unwrap_or_default();
                let checkable = kind == "radio" || kind == "checkbox";
                if !checkable || tag.split_whitespace().any(|word| word.starts_with("checked")) {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            }
            (Some("textarea"), Some(name)) => fields.push((name, unescape(text.trim_start_matches('\n')))),
            _ => {}
        }
    }
    fields
}

/// The body of a form post.
pub(crate) fn encode(fields: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Sets a field, whether the page had it or not.
pub(crate) fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    fields.retain(|(key, _)| key != name);
    fields.push((name.to_owned(), value.to_owned()));
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = tag.get(start..)?;
    Some(unescape(&value[..value.find('"')?]))
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#x27;", "'").replace("&#39;", "'").replace("&#x2f;", "/").replace("&amp;", "&")
}
