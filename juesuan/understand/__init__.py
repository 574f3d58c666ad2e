"""Understanding: a document's text, tables, forms and charts → facts, relations and outline."""
