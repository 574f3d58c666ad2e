"""What reviewers decided of findings, kept from version to version; and what two versions differ in."""
