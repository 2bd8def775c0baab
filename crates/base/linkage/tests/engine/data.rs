//! A small city and its land register.

use d06_linkage::{Column, Role, Strings, Table};
use d06_synth::register::{City, Land};
use std::collections::HashSet;

/// Tables and the truth: pairs of right and left row.
pub(crate) struct Data {
    pub(crate) people: Table,
    pub(crate) land: Table,
    pub(crate) truth: HashSet<(u32, u32)>,
}

/// A table from rows of texts; the first is the id.
pub(crate) fn table<const N: usize>(roles: [Role; N], rows: &[Vec<String>]) -> Table {
    let ids: Strings = rows.iter().map(|row| row[0].as_str()).collect();
    let column = |place: usize| rows.iter().map(|row| row[place + 1].as_str()).collect::<Column>();
    Table { ids, columns: roles.into_iter().enumerate().map(|(place, role)| (role, column(place))).collect() }
}

/// So many people, and half as many rows of land.
pub(crate) fn city(people: usize) -> Data {
    let city = City::new(3, people);
    let land = Land::new(&city, people / 2);
    let (mut left, mut right, mut ids, mut owners) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for block in (0..city.blocks()).map(|index| city.block(index)) {
        for resident in &block.residents {
            ids.push(resident.id);
            left.push(vec![
                resident.number.as_str().to_owned(),
                resident.number.as_str().to_owned(),
                resident.old_number().unwrap_or_default(),
                resident.name.clone(),
                resident.birth.to_string(),
                resident.address(&city),
            ]);
        }
        for entry in land.entries(&city, &block) {
            owners.push(entry.truth);
            let row = entry.row;
            right.push(vec![row.id, row.number, row.owner, row.birth, row.address]);
        }
    }
    let place = |id: &u64| ids.iter().position(|other| other == id).unwrap_or(usize::MAX) as u32;
    let pairs = owners.iter().zip(0_u32..).flat_map(|(of_row, row)| of_row.iter().map(move |id| (row, id)));
    let truth = pairs.map(|(row, id)| (row, place(id))).collect();
    let roles = [Role::IdNumber, Role::OldIdNumber, Role::Name, Role::Birth, Role::Address];
    Data {
        people: table(roles, &left),
        land: table([Role::IdNumber, Role::Name, Role::Birth, Role::Address], &right),
        truth,
    }
}
