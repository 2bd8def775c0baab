//! Reading the file and the environment.

use crate::settings::Settings;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const PREFIX: &str = "DEAN06_";

/// The settings cannot be used. The message names the file or variable, never a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or a key is unknown or of the wrong type.
    #[error("{}: {source}", path.display())]
    Syntax {
        /// The file, or the name of the environment's part.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
}

/// Reads the settings: defaults, then `file` if given, then `variables` (pass `std::env::vars()`).
///
/// # Errors
/// The file cannot be read, or a key of the file or a variable with our prefix is unknown or of the wrong type.
pub fn load(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    let path = file.map_or_else(|| PathBuf::from("settings"), Path::to_path_buf);
    let syntax = |source| ConfigError::Syntax { path: path.clone(), source: Box::new(source) };
    let mut table = match file {
        Some(file) => read(file)?.parse::<Table>().map_err(syntax)?,
        None => Table::new(),
    };
    for (name, value) in variables {
        if let Some((section, key)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')) {
            let section = table.entry(section.to_lowercase()).or_insert_with(|| Value::Table(Table::new()));
            if let Some(section) = section.as_table_mut() {
                section.insert(key.to_lowercase(), typed(&value));
            }
        }
    }
    Settings::deserialize(table).map_err(syntax)
}

/// The secret of a `…_file` setting, without the line end.
///
/// # Errors
/// The file cannot be read.
pub fn read_secret(path: &Path) -> Result<String, ConfigError> {
    Ok(read(path)?.trim_end().to_owned())
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::File { path: path.to_path_buf(), source })
}

/// A variable's text as the type it looks like.
fn typed(value: &str) -> Value {
    if let Ok(number) = value.parse::<i64>() {
        return Value::Integer(number);
    }
    value.parse::<bool>().map_or_else(|_| Value::String(value.to_owned()), Value::Boolean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_the_defaults() {
        let readme = include_str!("../README.md");
        let example = readme.split("```").nth(1).unwrap().trim_start_matches("toml");
        assert_eq!(Settings::deserialize(example.parse::<Table>().unwrap()).unwrap(), Settings::default());
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dean06.toml");
        std::fs::write(&file, "[population]\ntimeout_ms = 5\n[log]\nfilter = 'debug'").unwrap();
        let variables =
            [("DEAN06_POPULATION_TIMEOUT_MS".to_owned(), "9".to_owned()), ("PATH".into(), "/".into())];
        let settings = load(Some(&file), variables).unwrap();
        assert_eq!((settings.population.timeout_ms, settings.log.filter.as_str()), (9, "debug"));
    }

    #[test]
    fn a_misspelt_key_is_refused_by_name() {
        let variables = [("DEAN06_SERVER_LISTN".to_owned(), "x".to_owned())];
        assert!(load(None, variables).unwrap_err().to_string().contains("listn"));
    }
}
