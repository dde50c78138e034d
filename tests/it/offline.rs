//! Scripts, fed to the engines' own clients, against runs.
