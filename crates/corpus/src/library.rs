//! The folder `corpus`: shops, scenarios, products and languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::language::Language;
use crate::product::Product;
use crate::scenario::Scenario;
use crate::shop::Shop;

/// Everything in the folder, each kind in order of name.
#[derive(Clone, Debug)]
pub struct Library {
    /// The folder.
    pub root: PathBuf,
    /// The shops.
    pub shops: Vec<Shop>,
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    products: Vec<Product>,
    languages: Vec<Language>,
}

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// A file or folder cannot be read.
    #[error("{}: {error}; give the folder with --corpus", path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is not what it must be.
    #[error("{}: {what}; see corpus/README.md", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Products {
    products: Vec<Product>,
}

/// What is made of one shop: a scenario in one of its languages.
#[derive(Clone, Copy, Debug)]
pub struct Edition<'l> {
    /// The shop.
    pub shop: &'l Shop,
    /// The scenario.
    pub scenario: &'l Scenario,
    /// The locale tag.
    pub tag: &'l str,
}

impl Library {
    /// Reads the folder.
    ///
    /// # Errors
    ///
    /// The first file that cannot be read or is not what it must be.
    pub fn open(root: &Path) -> Result<Self, LibraryError> {
        let products = root.join("products.toml");
        let mut library = Self {
            root: root.to_owned(),
            shops: Vec::new(),
            scenarios: read_all(&root.join("scenarios"))?,
            products: read::<Products>(&products)?.products,
            languages: read_all(&root.join("languages"))?,
        };
        for folder in entries(&root.join("shops"))? {
            let path = folder.join("shop.toml");
            if path.exists() {
                let shop: Shop = read(&path)?;
                library.check(&folder, &shop)?;
                library.shops.push(shop);
            }
        }
        Ok(library)
    }

    /// The shop with an id.
    #[must_use]
    pub fn shop(&self, id: &str) -> Option<&Shop> {
        self.shops.iter().find(|shop| shop.id == id)
    }

    /// The scenario with a name.
    #[must_use]
    pub fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.name == name)
    }

    /// The product with a key.
    #[must_use]
    pub fn product(&self, key: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.key == key)
    }

    /// The words of a language.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|words| words.language == code)
    }

    /// The words of all languages.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The folder of a shop's templates.
    #[must_use]
    pub fn folder_of(&self, shop: &Shop) -> PathBuf {
        self.root.join("shops").join(&shop.id)
    }

    /// The scenarios that a shop shows, in order of name.
    #[must_use]
    pub fn scenarios_of(&self, shop: &Shop) -> Vec<&Scenario> {
        let shown = |scenario: &&Scenario| {
            if shop.scenarios.is_empty() {
                !shop.without.contains(&scenario.name)
                    && scenario.fits(shop, self.has_basis(scenario))
            } else {
                shop.scenarios.contains(&scenario.name)
            }
        };
        self.scenarios.iter().filter(shown).collect()
    }

    /// The pages that are measured: every scenario in the shop's first language, and in each further one a share of
    /// them, so that each language and each scenario is met without multiplying all by all.
    #[must_use]
    pub fn editions<'l>(&'l self, shop: &'l Shop) -> Vec<Edition<'l>> {
        let scenarios = self.scenarios_of(shop);
        let mut editions = Vec::new();
        for (place, tag) in shop.languages.iter().enumerate() {
            let shown = scenarios.iter().enumerate().filter(|(index, scenario)| {
                place == 0 || scenario.name == "plain" || (index + place) % SHARE == 0
            });
            editions.extend(shown.map(|(_, scenario)| Edition {
                shop,
                scenario,
                tag,
            }));
        }
        editions
    }

    /// The templates of a shop that show no cart, by name.
    #[must_use]
    pub fn other_pages(&self, shop: &Shop) -> Vec<&'static str> {
        let folder = self.folder_of(shop);
        let there = |name: &&str| folder.join(format!("{name}.html")).exists();
        OTHER_PAGES.into_iter().filter(there).collect()
    }

    /// The languages of all shops, each once.
    #[must_use]
    pub fn languages_shown(&self) -> BTreeSet<&str> {
        let tags = self.shops.iter().flat_map(|shop| &shop.languages);
        tags.map(|tag| tag.split('-').next().unwrap_or(tag))
            .collect()
    }

    fn has_basis(&self, scenario: &Scenario) -> bool {
        let mut products = scenario
            .lines
            .iter()
            .map(|line| self.product(&line.product));
        products.any(|product| product.is_some_and(|product| !product.base_quantity.eq(&1.into())))
    }

    fn check(&self, folder: &Path, shop: &Shop) -> Result<(), LibraryError> {
        let broken = |what: String| {
            let path = folder.join("shop.toml");
            Err(LibraryError::Broken { path, what })
        };
        if !folder.ends_with(&shop.id) {
            return broken(format!("the id `{}` is not the folder's name", shop.id));
        }
        if shop.languages.is_empty() || shop.languages.len() != shop.currencies.len() {
            return broken("languages and currencies are not parallel".to_owned());
        }
        let named = shop.scenarios.iter().chain(&shop.without);
        if let Some(name) = named.into_iter().find(|name| self.scenario(name).is_none()) {
            return broken(format!("there is no scenario `{name}`"));
        }
        let codes = shop
            .languages
            .iter()
            .map(|tag| tag.split('-').next().unwrap_or(tag));
        match codes.into_iter().find(|code| self.language(code).is_none()) {
            Some(code) => broken(format!("there is no file languages/{code}.toml")),
            None => Ok(()),
        }
    }
}

/// In a shop's further languages one of so many scenarios is rendered.
const SHARE: usize = 4;

/// The templates of pages that are no cart.
const OTHER_PAGES: [&str; 6] = [
    "category", "checkout", "empty", "orders", "product", "wishlist",
];

fn entries(folder: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    let unread = |error| LibraryError::Unread {
        path: folder.to_owned(),
        error,
    };
    let entries = fs::read_dir(folder).map_err(unread)?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn read_all<T: DeserializeOwned>(folder: &Path) -> Result<Vec<T>, LibraryError> {
    entries(folder)?.iter().map(|path| read(path)).collect()
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, LibraryError> {
    let text = fs::read_to_string(path).map_err(|error| LibraryError::Unread {
        path: path.to_owned(),
        error,
    })?;
    toml::from_str(&text).map_err(|error: toml::de::Error| LibraryError::Broken {
        path: path.to_owned(),
        what: error.to_string(),
    })
}
