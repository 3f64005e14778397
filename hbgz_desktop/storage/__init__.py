"""Our own SQLite database, the spool of files, settings file and sealed secrets; owns SQLAlchemy and alembic."""
