-- Two accounts: kirishima_owner owns the tables and migrates, kirishima_app is what the server uses. It reads and writes
-- rows and can neither take a guard (trigger) away nor go round it. Once, as the administrator of the server:
--     psql -d postgres -f deploy/postgresql/accounts.sql
--     psql -d postgres -c '\password kirishima_owner' -c '\password kirishima_app'
\set ON_ERROR_STOP on

CREATE ROLE kirishima_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE ROLE kirishima_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- C.UTF-8: words sort the same as on SQLite and on every machine.
CREATE DATABASE kirishima OWNER kirishima_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
-- Also the right to make temporary tables: one with the name of ours would be found first.
REVOKE ALL ON DATABASE kirishima FROM PUBLIC;
GRANT CONNECT ON DATABASE kirishima TO kirishima_app;

\connect kirishima

REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO kirishima_owner;
GRANT USAGE ON SCHEMA public TO kirishima_app;

-- For what every later migrate makes. No TRUNCATE, REFERENCES or TRIGGER on tables, no UPDATE on sequences (setval).
ALTER DEFAULT PRIVILEGES FOR ROLE kirishima_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO kirishima_app;
ALTER DEFAULT PRIVILEGES FOR ROLE kirishima_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO kirishima_app;
