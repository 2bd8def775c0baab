//! A spec proposed from what the columns look like, and the JSON schema of specs.

use crate::columns::{Guess, Meaning};
use crate::words::Words;
use d06_linkage::Spec;
use d06_linkage::spec::{Header, Headers, Role};

/// The JSON schema (2020-12) of the spec.
pub const SCHEMA: &str = include_str!("../link.schema.json");

/// The roles, in the order of the spec, by the name they have in it.
pub(crate) const ROLES: [(&str, Role); 12] = [
    ("name", Role::Name),
    ("birth", Role::Birth),
    ("sex", Role::Sex),
    ("id_number", Role::IdNumber),
    ("old_id_number", Role::OldIdNumber),
    ("address", Role::Address),
    ("commune", Role::Commune),
    ("phone", Role::Phone),
    ("father", Role::Father),
    ("mother", Role::Mother),
    ("spouse", Role::Spouse),
    ("household", Role::Household),
];

/// What one side looks like.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Its columns; none of the right side of a dedupe.
    pub guesses: Vec<Guess>,
    /// Of a workbook with several tables: the sheet that was read, then the others.
    pub sheets: Vec<String>,
}

/// The headers that were guessed for a meaning, in the order of reading; `None` if there are none.
fn headers(guesses: &[Guess], meaning: Meaning) -> Option<Header> {
    let is = |guess: &&Guess| guess.meaning.is_some_and(|(other, _)| other == meaning);
    let mut found: Vec<&Guess> = guesses.iter().filter(is).collect();
    found.sort_by_key(|guess| (guess.person, guess.part));
    let mut people: Vec<Vec<String>> = found
        .chunk_by(|one, next| one.person == next.person)
        .map(|of_one| of_one.iter().map(|guess| guess.header.clone()).collect())
        .collect();
    if people.len() > 1 {
        return Some(Header::People(people));
    }
    let mut headers = people.pop()?;
    if headers.len() > 1 { Some(Header::Joined(headers)) } else { headers.pop().map(Header::One) }
}

/// The headers of a role on both sides, if it can be compared: it is there on both. A number of the left may be
/// compared with either kind of number of the right.
fn compared(role: Role, left: &[Guess], right: &[Guess]) -> Option<Headers> {
    let of = |guesses, role| headers(guesses, Meaning::Role(role));
    match (of(left, role), of(right, role)) {
        (Some(one), Some(other)) => Some(sides(Some(one), Some(other))),
        (one, other)
            if matches!(role, Role::IdNumber | Role::OldIdNumber) && (one.is_some() || other.is_some()) =>
        {
            let number = |guesses| of(guesses, Role::IdNumber).or(of(guesses, Role::OldIdNumber));
            (number(left).is_some() && number(right).is_some()).then(|| sides(one, other))
        }
        _ => None,
    }
}

/// The headers of both sides, written once where they are the same.
fn sides(left: Option<Header>, right: Option<Header>) -> Headers {
    match (left, right) {
        (Some(left), Some(right)) if left == right => Headers::Both(left),
        (left, right) => Headers::Sides { left, right },
    }
}

/// A spec from guesses; `right` is empty for a dedupe. The columns that are the same on both sides are written once.
pub(crate) fn spec_of(left: &Seen, right: &Seen) -> Spec {
    let is_dedupe = right.guesses.is_empty();
    let sheet = |seen: &Seen| seen.sheets.first().map(|sheet| Header::One(sheet.clone()));
    let mut spec = Spec::default();
    if !(left.sheets.is_empty() && right.sheets.is_empty()) {
        spec.sheet = Some(Headers::Sides { left: sheet(left), right: sheet(right) });
    }
    let (left, right) = (&left.guesses, if is_dedupe { &left.guesses } else { &right.guesses });
    if is_dedupe {
        spec.task = d06_linkage::spec::Task::Dedupe;
    }
    let (left_id, right_id) = (headers(left, Meaning::Id), headers(right, Meaning::Id));
    if left_id.is_some() || right_id.is_some() {
        spec.columns.id = Some(sides(left_id, right_id));
    }
    for (name, role) in ROLES {
        let found = compared(role, left, right);
        let columns = &mut spec.columns;
        let place = match name {
            "name" => &mut columns.name,
            "birth" => &mut columns.birth,
            "sex" => &mut columns.sex,
            "id_number" => &mut columns.id_number,
            "old_id_number" => &mut columns.old_id_number,
            "address" => &mut columns.address,
            "commune" => &mut columns.commune,
            "phone" => &mut columns.phone,
            "father" => &mut columns.father,
            "mother" => &mut columns.mother,
            "spouse" => &mut columns.spouse,
            _ => &mut columns.household,
        };
        *place = found;
    }
    spec
}

/// The text of a short commented spec.
pub fn propose(left: &Seen, right: &Seen, words: &Words) -> String {
    let spec = spec_of(left, right);
    let others: Vec<&str> =
        [left, right].iter().flat_map(|seen| seen.sheets.iter().skip(1)).map(String::as_str).collect();
    let (left, right) = (&left.guesses, &right.guesses);
    let mut text = format!("# {}\n# {}\n", words.text("init-top"), words.text("init-more"));
    if right.is_empty() {
        text.push_str("\ntask = \"dedupe\"\n");
    } else {
        text.push_str(&format!("\n# {}\ncardinality = \"many-to-one\"\n", words.text("init-cardinality")));
    }
    if let Some(sheet) = &spec.sheet {
        let comment = words.fill("init-sheet", &[("others", &others.join(", "))]);
        text.push_str(&format!("\n# {comment}\nsheet = {}\n", shown(sheet)));
    }
    let example = "{ left = \"…\", right = \"…\" }";
    text.push_str(&format!("\n# {}\n[columns]\n", words.fill("init-columns", &[("example", example)])));
    let mut line = |name: &str, headers: Option<&Headers>| {
        if let Some(headers) = headers {
            let comment = words.text(&format!("meaning-{name}"));
            text.push_str(&format!("{:<58} # {comment}\n", format!("{name} = {}", shown(headers))));
        }
    };
    line("id", spec.columns.id.as_ref());
    for (name, role) in ROLES {
        let headers = spec.columns.roles().find(|(other, _)| *other == role).map(|(_, headers)| headers);
        line(name, headers);
    }
    let thresholds = spec.thresholds;
    text.push_str(&format!(
        "\n# {}\n[thresholds]\nmatch = {}\nreview = {}\n",
        words.text("init-thresholds"),
        thresholds.accept,
        thresholds.review
    ));
    let unused: Vec<&str> = unused(&spec, left, right);
    if !unused.is_empty() {
        text.push_str(&format!("\n# {}\n", words.fill("init-unused", &[("columns", &unused.join(", "))])));
    }
    text
}

fn unused<'a>(spec: &Spec, left: &'a [Guess], right: &'a [Guess]) -> Vec<&'a str> {
    let all = spec.columns.roles().map(|(_, headers)| headers).chain(&spec.columns.id);
    let used: Vec<&String> =
        all.flat_map(|headers| [headers.left(), headers.right()]).flatten().flat_map(Header::all).collect();
    let headers = left.iter().chain(right).map(|guess| guess.header.as_str());
    headers.filter(|header| !used.iter().any(|used| used == header)).collect()
}

fn shown(headers: &Headers) -> String {
    let list = |headers: &[String]| {
        format!("[{}]", headers.iter().map(|header| quoted(header)).collect::<Vec<_>>().join(", "))
    };
    let one = |header: &Header| match header {
        Header::One(header) => quoted(header),
        Header::Joined(headers) => list(headers),
        Header::People(people) => {
            format!("[{}]", people.iter().map(|headers| list(headers)).collect::<Vec<_>>().join(", "))
        }
    };
    match headers {
        Headers::Both(header) => one(header),
        Headers::Sides { left, right } => {
            let sides = [("left", left.as_ref().map(one)), ("right", right.as_ref().map(one))];
            let sides =
                sides.into_iter().filter_map(|(side, text)| text.map(|text| format!("{side} = {text}")));
            format!("{{ {} }}", sides.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Because;
    use crate::words::Lang;
    use serde_json::Value;

    fn seen(columns: &[(&str, Meaning)]) -> Seen {
        let guess = |(header, meaning): &(&str, Meaning)| Guess {
            header: (*header).to_owned(),
            meaning: Some((*meaning, Because::Header)),
            part: 0,
            person: 0,
        };
        Seen { guesses: columns.iter().map(guess).collect(), sheets: Vec::new() }
    }

    #[test]
    fn a_proposed_spec_can_be_read_and_says_what_was_guessed() {
        let left = seen(&[
            ("Số định danh", Meaning::Id),
            ("Họ và tên", Meaning::Role(Role::Name)),
            ("CCCD", Meaning::Role(Role::IdNumber)),
            ("CMND cũ", Meaning::Role(Role::OldIdNumber)),
            ("Giới tính", Meaning::Role(Role::Sex)),
        ]);
        let right =
            seen(&[("Tên \"chủ\"", Meaning::Role(Role::Name)), ("CCCD", Meaning::Role(Role::IdNumber))]);
        for lang in [Lang::Vi, Lang::En] {
            let text = propose(&left, &right, &Words::new(lang));
            let spec = Spec::parse(&text).unwrap();
            assert_eq!(spec, Spec { ..spec_of(&left, &right) });
            let one = |header: &str| Some(Header::One(header.to_owned()));
            assert_eq!(spec.columns.name.as_ref().unwrap().right(), one("Tên \"chủ\"").as_ref());
            assert_eq!(spec.columns.old_id_number.as_ref().unwrap().left(), one("CMND cũ").as_ref());
            assert!(spec.columns.sex.is_none());
            assert!(text.contains("Giới tính"), "{text}");
        }
    }

    #[test]
    fn couples_parts_and_sheets_can_be_written_and_read() {
        let name = |header: &str, person, part| Guess {
            header: header.to_owned(),
            meaning: Some((Meaning::Role(Role::Name), Because::Header)),
            person,
            part,
        };
        let left = Seen { guesses: vec![name("Tên", 0, 1), name("Họ", 0, 0)], sheets: Vec::new() };
        let sheets = vec!["Trang \"1\"".to_owned(), "Trang 2".to_owned()];
        let right = Seen { guesses: vec![name("Vợ", 1, 0), name("Chồng", 0, 0)], sheets };
        for lang in [Lang::Vi, Lang::En] {
            let text = propose(&left, &right, &Words::new(lang));
            let spec = Spec::parse(&text).unwrap();
            assert_eq!(spec, spec_of(&left, &right));
            let names = spec.columns.name.unwrap();
            assert_eq!(names.left().unwrap().people(), [["Họ", "Tên"]]);
            assert_eq!(names.right().unwrap().people(), [["Chồng"], ["Vợ"]]);
            let sheet = spec.sheet.unwrap();
            assert_eq!(
                (sheet.left(), sheet.right().unwrap().people()),
                (None, vec![&["Trang \"1\"".to_owned()][..]])
            );
            assert!(text.contains("Trang 2"), "{text}");
        }
    }

    /// Every property of a full spec is in the schema, and nothing else.
    #[test]
    fn the_schema_knows_every_key() {
        let text = r#"
            task = "link"
            cardinality = "clusters"
            labels = "labels.csv"
            sheet = "a"
            [columns]
            id = "a"
            name = "a"
            birth = "a"
            sex = "a"
            id_number = "a"
            old_id_number = "a"
            address = "a"
            commune = "a"
            phone = "a"
            father = "a"
            mother = "a"
            spouse = "a"
            household = "a"
            [[text]]
            name = "a"
            column = { left = "a", right = ["b", "c"] }
            compare = "exact"
            [blocking]
            keys = [["name", "birth_year"]]
        "#;
        let spec = serde_json::to_value(Spec::parse(text).unwrap()).unwrap();
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        check("", &schema, &schema, &spec);
        let untouched = serde_json::to_value(Spec::default()).unwrap();
        assert!(defaults("", &schema, &untouched) >= 8);
    }

    /// Every default that the schema promises is the one that is taken; how many there are.
    fn defaults(path: &str, schema: &Value, taken: &Value) -> usize {
        let promised = schema.get("default");
        if let Some(promised) = promised {
            let same = match (promised.as_f64(), taken.as_f64()) {
                (Some(promised), Some(taken)) => (promised - taken).abs() < 1e-6,
                _ => promised == taken,
            };
            assert!(same, "{path}: the schema promises {promised}, and {taken} is taken");
        }
        let properties = schema["properties"].as_object().into_iter().flatten();
        let inner = properties.filter_map(|(key, schema)| Some((key, schema, taken.get(key)?)));
        usize::from(promised.is_some())
            + inner
                .map(|(key, schema, taken)| defaults(&format!("{path}/{key}"), schema, taken))
                .sum::<usize>()
    }

    fn check(path: &str, root: &Value, schema: &Value, value: &Value) {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        if let (Some(properties), Some(object)) = (schema["properties"].as_object(), value.as_object()) {
            for (key, value) in object {
                assert!(properties.contains_key(key), "{path}/{key} is not in the schema");
                check(&format!("{path}/{key}"), root, &properties[key], value);
            }
            for key in properties.keys() {
                assert!(object.contains_key(key), "{path}/{key} of the schema is no key of the spec");
            }
        }
        if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
            values.iter().for_each(|value| check(&format!("{path}/*"), root, items, value));
        }
    }
}
