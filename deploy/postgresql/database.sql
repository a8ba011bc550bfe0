-- An empty database for the two accounts of accounts.sql: the first one, and each one that a back-up is put into.
--     psql -d postgres -v name=kirishima -f deploy/postgresql/database.sql
\set ON_ERROR_STOP on

-- C.UTF-8: words sort the same as on SQLite and on every machine.
CREATE DATABASE :"name" OWNER kirishima_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
-- Also the right to make temporary tables goes.
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO kirishima_app;

\connect :"name"

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO kirishima_owner;
GRANT USAGE ON SCHEMA public TO kirishima_app;

-- For all tables that are made here later. No TRUNCATE, REFERENCES or TRIGGER on tables, no UPDATE on sequences (setval).
ALTER DEFAULT PRIVILEGES FOR ROLE kirishima_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kirishima_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kirishima_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO kirishima_app;
