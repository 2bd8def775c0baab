//! The same answer on any number of threads, in parts, one by one, and from a file.

use crate::data::{city, table};
use d06_linkage::table::NEXT_PERSON;
use d06_linkage::{Index, Link, Outcome, Role, Silent, Spec, link};

fn on_threads(threads: usize) -> Outcome {
    let data = city(3_000);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| link(&Spec::default(), &data.people, &data.land, &[], &mut Silent)).unwrap()
}

#[test]
fn threads_do_not_matter() {
    let one = on_threads(1);
    assert!(!one.links.is_empty());
    assert_eq!(one, on_threads(3));
}

#[test]
fn parts_one_by_one_and_from_a_file() {
    let data = city(3_000);
    let mut index = Index::build(&Spec::default(), &data.people, &mut Silent).unwrap();
    index.train(&data.land, &[], &mut Silent).unwrap();
    let whole = index.link(&data.land, &mut Silent).unwrap();

    let prepared = index.prepare(&data.land, &mut Silent).unwrap();
    let mut parts = index.link_rows(&prepared, 0..700, &mut Silent).unwrap();
    parts += index.link_rows(&prepared, 700..prepared.len(), &mut Silent).unwrap();
    assert_eq!(parts, whole);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.index");
    index.write(&path).unwrap();
    let opened = Index::open(&path).unwrap();
    assert_eq!(opened.len(), index.len());
    assert_eq!(opened.id(17), index.id(17));
    assert_eq!(opened.link(&data.land, &mut Silent).unwrap(), whole);

    let decided = index.finish(whole, data.land.len()).unwrap().links;
    for row in (0..data.land.len()).step_by(13) {
        let expected: Vec<Link> = decided.iter().filter(|link| link.right as usize == row).copied().collect();
        let mut found = opened.find(&data.land.record(row)).unwrap();
        found.iter_mut().for_each(|link| link.right = row as u32);
        assert_eq!(found, expected, "row {row}");
    }
}

#[test]
fn a_damaged_file_is_refused() {
    let data = city(1_000);
    let mut index = Index::build(&Spec::default(), &data.people, &mut Silent).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.index");
    assert_eq!(index.write(&path).unwrap_err().code(), "linkage.untrained");
    index.train(&data.land, &[], &mut Silent).unwrap();
    index.write(&path).unwrap();
    let whole = std::fs::read(&path).unwrap();
    for cut in [0, 7, 15, 16, 1000, whole.len() / 2, whole.len() - 1] {
        let cut_off = folder.path().join(format!("cut-{cut}"));
        std::fs::write(&cut_off, &whole[..cut]).unwrap();
        assert!(Index::open(&cut_off).is_err(), "cut at {cut}");
    }
    let mut changed = whole;
    changed[70] ^= 1;
    let path = folder.path().join("changed");
    std::fs::write(&path, changed).unwrap();
    assert_eq!(Index::open(&path).unwrap_err().code(), "linkage.damaged-index");
    assert_eq!(Index::open(&folder.path().join("none")).unwrap_err().code(), "linkage.file");
}

/// Two people of one row, each with columns of their own, are linked as two rows are.
#[test]
fn a_row_of_two_people_is_as_two_rows() {
    let data = city(2_000);
    let roles = [Role::IdNumber, Role::Name, Role::Birth, Role::Address];
    // Each is judged alone.
    let spec = Spec::parse("[model]\njoint = false").unwrap();
    let mut index = Index::build(&spec, &data.people, &mut Silent).unwrap();
    index.train(&data.land, &[], &mut Silent).unwrap();
    // The id, then what the roles say.
    let row = |row: usize| {
        let fields = roles.map(|role| data.land.column(role).unwrap().get(row).to_owned());
        std::iter::once(row.to_string()).chain(fields).collect::<Vec<_>>()
    };
    let names_one = |row: &Vec<String>| {
        let links = index.link(&table(roles, std::slice::from_ref(row)), &mut Silent).unwrap().links;
        links.iter().all(|link| link.person == 0) && !row.concat().contains(';')
    };
    let rows: Vec<Vec<String>> = (0..data.land.len()).map(row).filter(names_one).take(400).collect();
    let (pairs, _) = rows.as_chunks::<2>();
    let joined = |(one, other): (&String, &String)| format!("{one}{NEXT_PERSON}{other}");
    let both: Vec<Vec<String>> =
        pairs.iter().map(|[one, other]| one.iter().zip(other).map(joined).collect()).collect();
    let apart = index.link(&table(roles, &rows), &mut Silent).unwrap().links;
    let mut together = index.link(&table(roles, &both), &mut Silent).unwrap().links;
    assert!(apart.len() > 150, "{}", apart.len());
    for link in &mut together {
        (link.right, link.person) = (link.right * 2 + u32::from(link.person), 0);
    }
    for (one, other) in together.iter().zip(&apart) {
        let row = &rows[one.right.min(other.right) as usize];
        assert_eq!(one, other, "{row:?}");
    }
    assert_eq!(together.len(), apart.len());
}
