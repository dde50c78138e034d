//! Puts the revisions of brain into its binary.

fn main() -> std::io::Result<()> {
    migration_embed::emit("extras/migration/versions")
}
