"""The field's declarations: concepts and their words, phrases, statements, forms and profiles, used for reading and writing."""
