//! What each hardening of private linkage costs, beside clear text:
//! `cargo run --release -p d06-linkage --example private_loss [people] [rows]`.
//!
//! A city and its social insurance without numbers and telephones, with an office's errors: the fields that a
//! register of treatments would give.

#![allow(clippy::print_stdout, reason = "a program that measures this machine")]

use d06_linkage::private::{Encoder, Hardening, link};
use d06_linkage::{Column, Decision, Role, Silent, Spec, Table};
use d06_synth::register::{City, Insurance};
use std::collections::HashMap;
use std::time::Instant;

const SECRET: &[u8] = b"a secret of at least thirty-two bytes";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sizes = std::env::args().skip(1).map(|size| size.parse::<usize>());
    let (people, rows) = (sizes.next().unwrap_or(Ok(20_000))?, sizes.next().unwrap_or(Ok(10_000))?);
    let (left, right, truth) = world(people, rows);
    println!("{people} people, {rows} rows of social insurance: name, date of birth, sex, address.\n");
    println!("| encoding | precision | recall | F1 | seconds |\n|---|--:|--:|--:|--:|");
    let start = Instant::now();
    let outcome = d06_linkage::link(&Spec::default(), &left, &right, &[], &mut Silent)?;
    let matches = outcome.links.iter().filter(|link| link.decision == Decision::Match);
    show("clear text", &truth, matches.map(|link| (link.left, link.right)), start);
    let all = Hardening::default();
    for (what, hardening) in [
        ("filters, not hardened", Hardening::NONE),
        ("balanced", Hardening { balance: true, ..Hardening::NONE }),
        ("balanced, folded", Hardening { balance: true, fold: true, ..Hardening::NONE }),
        ("salted by birth year", Hardening { salt_by_birth_year: true, ..Hardening::NONE }),
        ("salted, balanced, folded (default)", all),
        ("default, and diffusion of 3 bits", Hardening { diffusion: 3, ..all }),
        ("default, and noise of epsilon 4", Hardening { epsilon: 4.0, ..all }),
        ("default, and noise of epsilon 2", Hardening { epsilon: 2.0, ..all }),
    ] {
        let start = Instant::now();
        let encoder = Encoder::new(SECRET, hardening).ok_or("the secret is too short")?;
        let links = link(&encoder.encode(&left, 1), &encoder.encode(&right, 2), 0.5)?;
        show(what, &truth, links.into_iter().map(|link| (link.left, link.right)), start);
    }
    Ok(())
}

fn show(what: &str, truth: &[Option<u32>], links: impl Iterator<Item = (u32, u32)>, start: Instant) {
    let (mut right, mut said) = (0.0, 0.0);
    for (left, row) in links {
        said += 1.0;
        right += f64::from(u8::from(truth.get(row as usize) == Some(&Some(left))));
    }
    let known = truth.iter().flatten().count() as f64;
    let (precision, recall) = (right / f64::max(said, 1.0), right / f64::max(known, 1.0));
    let f1 = 2.0 * right / f64::max(said + known, 1.0);
    println!("| {what} | {precision:.4} | {recall:.4} | {f1:.4} | {:.1} |", start.elapsed().as_secs_f64());
}

fn world(people: usize, rows: usize) -> (Table, Table, Vec<Option<u32>>) {
    let city = City::new(11, people);
    let register = Insurance::new(&city, rows);
    let (mut left, mut right, mut truth, mut place_of) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
    for block in (0..city.blocks()).map(|block| city.block(block)) {
        for person in &block.residents {
            place_of.insert(person.id, u32::try_from(left.len()).unwrap_or(u32::MAX));
            let sex = if person.sex == d06_kernel::person::Sex::Male { "Nam" } else { "Nữ" };
            left.push([
                person.name.clone(),
                person.birth.vietnamese(),
                sex.to_owned(),
                person.address(&city),
            ]);
        }
        for entry in register.entries(&city, &block) {
            truth.push(entry.truth.first().and_then(|id| place_of.get(id)).copied());
            right.push([entry.row.name, entry.row.birth, entry.row.sex, entry.row.address]);
        }
    }
    (table(&left), table(&right), truth)
}

fn table(rows: &[[String; 4]]) -> Table {
    let column =
        |place: usize| rows.iter().map(|row| row.get(place).map_or("", String::as_str)).collect::<Column>();
    let ids: Vec<String> = (0..rows.len()).map(|row| row.to_string()).collect();
    let roles = [Role::Name, Role::Birth, Role::Sex, Role::Address];
    Table {
        ids: ids.iter().map(String::as_str).collect(),
        columns: roles.into_iter().enumerate().map(|(place, role)| (role, column(place))).collect(),
    }
}
