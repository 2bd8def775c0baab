//! Templates and texts of all parts, merged once at start, and the rendering of pages.

use crate::assets::Assets;
use crate::escape;
use crate::frame::Frame;
use crate::functions;
use crate::page::Page;
use crate::texts::{TextError, Texts};
use axum::response::Html;
use d06_kernel::{Cx, Locale, Problem};
use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, merge_maps};
use minijinja::{Environment, UndefinedBehavior, Value, context};
use std::sync::Arc;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

const LOCALES: &[(Locale, &str)] =
    &[(Locale::Vi, include_str!("../locales/vi.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// What one part of the platform brings along. Its templates live in a folder of its own name
/// (`procedures/pages/show.html`), so that two parts cannot collide.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The part: `procedures`.
    pub name: &'static str,
    /// Its templates.
    pub templates: &'static Dir<'static>,
    /// Its texts, by language.
    pub locales: &'static [(Locale, &'static str)],
}

/// A defect found when templates and texts are merged.
#[derive(Debug, thiserror::Error)]
pub enum UiError {
    /// Two parts bring a template of one name.
    #[error("template {0} is brought twice")]
    DuplicateTemplate(String),
    /// A template is not UTF-8.
    #[error("template {0} is not UTF-8")]
    NotText(String),
    /// A template does not parse.
    #[error(transparent)]
    Template(#[from] minijinja::Error),
    /// Texts do not parse or collide.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The manifest of the bundle does not parse.
    #[error("manifest of the bundle")]
    Assets(#[from] serde_json::Error),
}

/// Renders pages. Templates are parsed once; rendering takes no lock.
#[derive(Debug)]
pub struct Ui {
    // One environment for each language, so that functions know theirs without a look-up.
    vi: Environment<'static>,
    en: Environment<'static>,
    pub(crate) texts: Arc<Texts>,
    assets: Arc<Assets>,
}

impl Ui {
    /// Merges the layout and components of this crate with what the parts bring.
    pub fn new(sources: &[Source]) -> Result<Self, UiError> {
        let own = Source { name: "ui", templates: &TEMPLATES, locales: LOCALES };
        let sources: Vec<&Source> = std::iter::once(&own).chain(sources).collect();
        let texts =
            Arc::new(Texts::merge(sources.iter().flat_map(|source| {
                source.locales.iter().map(|(locale, text)| (source.name, *locale, *text))
            }))?);
        let assets = Arc::new(Assets::embedded()?);
        let mut ui = Self {
            vi: Environment::new(),
            en: Environment::new(),
            texts: texts.clone(),
            assets: assets.clone(),
        };
        for (locale, environment) in [(Locale::Vi, &mut ui.vi), (Locale::En, &mut ui.en)] {
            environment.set_undefined_behavior(UndefinedBehavior::Strict);
            environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
            environment.set_formatter(escape::formatter);
            functions::add(environment, locale, texts.clone(), assets.clone());
            for source in &sources {
                add_templates(environment, source.templates)?;
            }
        }
        Ok(ui)
    }

    /// Renders a whole page.
    pub fn page<P: Page>(&self, cx: &Cx, frame: &Frame, page: &P) -> Result<Html<String>, Problem> {
        self.render(cx.locale, P::TEMPLATE, frame, Value::from(Serde(page))).map(Html)
    }

    /// The texts.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The bundle of styles and scripts.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    pub(crate) fn environment(&self, locale: Locale) -> &Environment<'static> {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }

    pub(crate) fn try_render(
        &self,
        locale: Locale,
        template: &str,
        frame: &Frame,
        page: Value,
    ) -> Result<String, minijinja::Error> {
        let values = merge_maps([context! { frame => Value::from(Serde(frame)) }, page]);
        self.environment(locale).get_template(template)?.render(values)
    }

    fn render(&self, locale: Locale, template: &str, frame: &Frame, page: Value) -> Result<String, Problem> {
        self.try_render(locale, template, frame, page).map_err(|error| {
            // The alternate form names the line and the cause; it shows no values.
            tracing::error!(template, error = %error, "page does not render");
            Problem::internal(error)
        })
    }
}

fn add_templates(
    environment: &mut Environment<'static>,
    folder: &'static Dir<'static>,
) -> Result<(), UiError> {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let text = file.contents_utf8().ok_or_else(|| UiError::NotText(name.clone()))?;
        if environment.get_template(&name).is_ok() {
            return Err(UiError::DuplicateTemplate(name));
        }
        environment.add_template_owned(name, text)?;
    }
    for below in folder.dirs() {
        add_templates(environment, below)?;
    }
    Ok(())
}
