use super::*;

#[test]
fn the_shipped_table_is_sound() {
    let words = Words::parse(SHIPPED).unwrap();
    assert!(words.is_surname("nguyen") && words.is_surname("pham") && !words.is_surname("zzz"));
    assert!(words.0.len() > 200);
    for entry in words.0.values() {
        assert!(entry.phrases.iter().all(|phrase| phrase.len() > 0));
    }
}

#[test]
fn lost_letters_of_frequent_words_are_found() {
    let words = Words::shipped();
    assert_eq!(words.mend("nguy?n"), Some(("nguyễn", "nguyen")));
    assert_eq!(words.mend("tr?n"), Some(("trần", "tran")));
    assert_eq!(words.mend("th?"), None, "thị, thu and thế");
    assert_eq!(words.mend("x?z"), None);
    assert_eq!(words.mend("plain"), None);
}
