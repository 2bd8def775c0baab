//! Objects of a PDF as they are now, seen through what an update has already changed.

use super::port::SignError;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId};

/// A PDF and an update that grows on it.
pub(super) struct Revision(pub(super) IncrementalDocument);

impl Revision {
    pub(super) fn of(pdf: Vec<u8>) -> Result<Self, SignError> {
        let document = Document::load_mem(&pdf)?;
        Ok(Self(IncrementalDocument::create_from(pdf, document)))
    }

    pub(super) fn old(&self) -> &Document {
        self.0.get_prev_documents()
    }

    pub(super) fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        self.0.new_document.add_object(object)
    }

    /// A dictionary of the old document that the update changes.
    pub(super) fn change(&mut self, id: ObjectId) -> Result<&mut Dictionary, SignError> {
        self.0.opt_clone_object_to_new_document(id)?;
        Ok(self.0.new_document.get_object_mut(id)?.as_dict_mut()?)
    }

    /// Id of the catalogue.
    pub(super) fn catalogue(&self) -> Result<ObjectId, SignError> {
        Ok(self.old().trailer.get(b"Root")?.as_reference()?)
    }

    /// Appends to the array under `key` of a dictionary, whether it is absent, within, or an object of its own.
    pub(super) fn append(&mut self, owner: ObjectId, key: &[u8], item: ObjectId) -> Result<(), SignError> {
        let held = self.change(owner)?.get(key).cloned();
        let mut items = match held {
            Ok(Object::Array(items)) => items,
            Ok(Object::Reference(id)) => {
                self.0.opt_clone_object_to_new_document(id)?;
                self.0.new_document.get_object_mut(id)?.as_array_mut()?.push(item.into());
                return Ok(());
            }
            _ => Vec::new(),
        };
        items.push(item.into());
        self.change(owner)?.set(key.to_vec(), items);
        Ok(())
    }

    /// Copies an object of another document, with everything that it refers to.
    pub(super) fn import(&mut self, from: &Document, object: &Object) -> Result<Object, SignError> {
        self.copy(from, object, &mut std::collections::BTreeMap::new())
    }

    fn copy(
        &mut self,
        from: &Document,
        object: &Object,
        known: &mut std::collections::BTreeMap<ObjectId, ObjectId>,
    ) -> Result<Object, SignError> {
        Ok(match object {
            Object::Reference(id) => {
                if let Some(copied) = known.get(id) {
                    return Ok(Object::Reference(*copied));
                }
                // The id is taken before the content, so that a circle ends.
                let new = self.add(Object::Null);
                known.insert(*id, new);
                let content = self.copy(from, from.get_object(*id)?, known)?;
                self.0.new_document.set_object(new, content);
                Object::Reference(new)
            }
            Object::Array(items) => Object::Array(
                items.iter().map(|item| self.copy(from, item, known)).collect::<Result<_, _>>()?,
            ),
            Object::Dictionary(dictionary) => Object::Dictionary(self.copy_entries(from, dictionary, known)?),
            Object::Stream(stream) => {
                let mut copied = stream.clone();
                copied.dict = self.copy_entries(from, &stream.dict, known)?;
                Object::Stream(copied)
            }
            plain => plain.clone(),
        })
    }

    fn copy_entries(
        &mut self,
        from: &Document,
        entries: &Dictionary,
        known: &mut std::collections::BTreeMap<ObjectId, ObjectId>,
    ) -> Result<Dictionary, SignError> {
        let mut copied = Dictionary::new();
        for (key, value) in entries {
            copied.set(key.clone(), self.copy(from, value, known)?);
        }
        Ok(copied)
    }
}
