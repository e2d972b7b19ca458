-- Run once, when the volume is empty. Each service makes its own tables.
CREATE DATABASE hermes_registry;
CREATE DATABASE hermes_migration;
